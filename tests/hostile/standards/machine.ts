import { demand, open, type Demand } from "./standard.ts";

const seal = "packages/strongroom/src/gateway/store/seal.test.ts";
const keys = "tests/hostile/keys.test.ts";
const store = "packages/strongroom/src/gateway/store/store.test.ts";
const audit = "packages/strongroom/src/gateway/audit/audit-log.test.ts";
const tls = "packages/strongroom/src/cli/tls-settings.test.ts";
const outTls = "tests/connections/tls.test.ts";
const canaries = "tests/hostile/canaries.test.ts";
const barriers = "packages/strongroom/src/gateway/supervise/barriers.test.ts";
const secrets = "packages/strongroom/src/secrets/read-secrets.test.ts";

export const cryptoDemands: readonly Demand[] = [
  demand(
    "11.3.1–11.3.4",
    "What is at rest is sealed by AES-256-GCM under a nonce of its own, for its place; a changed, moved or shortened value does not open.",
    "N03 I05",
    `${seal} › does not open in another place, with another key, or changed in any byte`,
    `${seal} › does not open when it is cut short, at any length`,
    `${seal} › differs each time`,
  ),
  demand(
    "11.2.3, 11.5.1",
    "Keys are made where there are none, for their owner alone; a weak one stops the start.",
    "E18",
    `${store} › is made for its owner only, and is the same the next time`,
    `${store} › is refused when it is short, long, or a link`,
  ),
  demand("11.2.4", "Codes are compared in constant time; tokens are looked up by their hash.", "N01"),
  demand(
    "11.4.1, 11.4.3",
    "Codes are HMAC of SHA-256, whole: the audit log is bound by them from line to line.",
    "",
    `${audit} › a log without its head, or with that of another key, is told`,
    `${audit} › a log whose line was %s is told with the number of the entry`,
  ),
  demand(
    "11.1.2, 11.1.3 (level 3)",
    "A list of all keys, held equal to the source, which is searched for all that makes or derives one: [keys](keys.md).",
    "",
    `${keys} › every place that makes or derives a key stands in the list of keys, and the list has no other`,
    `${keys} › every label that keys are derived with stands in the list of keys, and the list has no other`,
  ),
  demand(
    "11.1.4",
    "A plan for algorithms after quantum computers: [keys](keys.md#after-quantum-computers).",
    "",
    `${keys} › the list says what becomes of each algorithm that quantum computers break`,
  ),
];

export const transportDemands: readonly Demand[] = [
  demand(
    "12.1.1",
    "TLS 1.3; 1.2 where the configuration allows it.",
    "",
    `${tls} › TLS 1.3 is spoken; 1.2 only where the configuration allows it`,
  ),
  demand(
    "12.1.2",
    "Only ciphers with forward secrecy that testssl.sh has nothing to say against.",
    "",
    "tests/hostile/testssl.test.ts › testssl.sh has nothing to say against a server that speaks %s and newer",
  ),
  demand(
    "12.1.3",
    "Viewers' certificates, where they are demanded, are checked before a byte is answered.",
    "",
    `${tls} › where viewers need certificates, none is answered without one, and the self-attack says so`,
  ),
  demand(
    "12.2.2",
    "Certificates of any authority are shown, and taken up anew without a restart; files that do not fit are not.",
    "",
    `${tls} › new files are shown without a restart; files that do not fit are not taken up`,
  ),
  demand(
    "12.3.2",
    "A database's certificate is checked, chain and name.",
    "",
    `${outTls} › refuses a certificate of another authority`,
    `${outTls} › refuses a certificate for another host`,
    `${outTls} › refuses an expired certificate`,
  ),
  demand(
    "12.3.2",
    "Checking cannot be switched off for a server on another machine.",
    "",
    `${outTls} › cannot be switched off for a server on another machine`,
  ),
  demand(
    "12.3.3, 12.3.5 (level 3)",
    "Gateway, workers and broker speak over sockets that nobody else can open.",
    "Q02",
    `${barriers} › nothing of the gateway's is in a worker: sandbox %s`,
  ),
];

export const secretDemands: readonly Demand[] = [
  demand(
    "13.1.1",
    "Whom a server asks stands in its configuration: providers, connections, a store. Nobody else is asked.",
    "M05",
    "tests/offline/offline.test.ts › a server that starts, and a browser that visits it, send nothing to anywhere else",
  ),
  demand(
    "13.2.4",
    "An app reaches what its connections name: in the sandbox there is no network.",
    "C08 Q05",
    `${barriers} › a cell holds the app and nothing else`,
  ),
  demand(
    "13.3.1–13.3.2",
    "Each process has the secrets that it needs, and no environment or command line has any.",
    "A14",
    `${secrets} › connections go to the broker, auth to the gateway, the rest to the author`,
    `${canaries} › no process has one in its environment or command line`,
  ),
  open(
    "13.3.4 (level 3)",
    "Secrets are changed on a schedule.",
    "the schedule is the operator's; [keys](keys.md) says how each is changed, and what is changed is taken up.",
  ),
  demand(
    "13.4.1",
    "No file of a version control is served, and a secret that git tracks stops the start.",
    "A20",
    `${secrets} › a file that git tracks, or would take up, stops the start with what mends it`,
  ),
  demand(
    "13.4.2–13.4.7",
    "In production: no details of errors, no lists of files, no TRACE, no version, only what the build made.",
    "M02 E01 A25 K06",
    "packages/strongroom/src/gateway/gateway.test.ts › is told with its place only where details may be shown",
  ),
  demand(
    "14.1.1–14.1.2",
    "Data has classes, and each class says how it is kept, logged, shown and forgotten: [risks](risks.md#data-by-how-it-is-to-be-kept).",
    "",
    "tests/hostile/risks.test.ts › each class of data says how it is kept, logged, shown and forgotten",
  ),
  demand(
    "14.2.4",
    "Data is kept as its class says: sealed, masked, for its owner alone.",
    "N03",
    `${seal} › does not open in another place, with another key, or changed in any byte`,
    `${canaries} › in what the server has printed`,
    `${audit} › one line says when, what, who and where, in a file that only its owner reads`,
  ),
  demand(
    "14.2.1",
    "No secret stands in an address: a ticket serves once, and addresses are not logged.",
    "M01",
    "tests/hostile/log-lines.test.ts › what is refused is written down without what it held",
  ),
  demand(
    "14.2.2–14.2.3",
    "Caches keep nothing that belongs to somebody, and nothing goes to third parties.",
    "F05 L03 M05",
  ),
  demand("14.2.5", "What is not there is 404, and no page in its place is kept.", "L03"),
  demand(
    "14.2.7",
    "Sessions and sign-ins are removed when their time is over.",
    "",
    `${store} › removes what was neither written nor touched for long`,
  ),
  demand(
    "14.3.1–14.3.3",
    "The browser keeps drafts of the tab, and gives them to no other session; what is left after [signing out](signing-out.md).",
    "",
    "packages/strongroom/src/browser/keeper.test.ts › gives nothing to another session, and forgets the first",
  ),
  demand(
    "16.4.1",
    "No text of a stranger begins a line of a log or moves a cursor.",
    "J09",
    `${audit} › no text of a stranger begins a line, moves a cursor or shows a secret`,
  ),
  demand(
    "16.2.1, 16.3.1–16.3.3",
    "One line for each sign-in, refusal, upload and download: when, what, who, where.",
    "",
    `${audit} › one line says when, what, who and where, in a file that only its owner reads`,
  ),
  demand(
    "16.2.5",
    "Secrets are hidden in pages, logs, files and metrics, in every form that is looked for.",
    "M01 M02 M03",
    `${canaries} › with a page that writes all of them in all forms`,
    `${canaries} › in what the server has printed`,
  ),
  demand(
    "16.4.2",
    "Lines of the audit log cannot be changed or left out without a trace.",
    "",
    `${audit} › a restart does not hide that lines are missing`,
    `${audit} › a restart does not hide that the head was taken away, with lines or without`,
    `${audit} › two servers of one app go on with one chain`,
    `${audit} › an act that cannot be written down is not done; what is refused stays refused`,
  ),
  demand(
    "16.5.1–16.5.4",
    "A failure inside is an id for who met it, and the process goes on.",
    "H08 K06",
    "tests/hostile/log-lines.test.ts › a request that fails inside leaves an id in the log, and no cookie, header, ticket or query of its own",
  ),
  open("16.4.3", "A copy of the log elsewhere.", "the head is printed for that; where to is the operator's."),
];

export const supplyDemands: readonly Demand[] = [
  demand(
    "15.1.1",
    "How soon a package with a fault is replaced, and others follow their authors: [security](../../SECURITY.md#packages).",
    "",
    "tools/sbom.test.ts › the promise of how soon faults of packages are mended stands in SECURITY.md",
  ),
  demand(
    "15.1.2",
    "A bill of materials lists what is installed, bundled and used to build: `npm run sbom` writes it into what is published.",
    "P07",
    "tools/sbom.test.ts › the bill lists all that is installed with the package or lies within it, each with its checksum",
  ),
  demand(
    "15.1.3, 15.2.2",
    "What takes time or room is listed, with the limit that holds each: [risks](risks.md).",
    "K05 K09",
    "tests/hostile/risks.test.ts › every limit is in the list of what takes time or room, and the list names no option that there is not",
    "tests/hostile/neighbour.test.ts › $button: the neighbour goes on, the offender reads what happened and where",
  ),
  demand(
    "15.1.4 (level 3)",
    "Packages that read what strangers write, or hold credentials, are listed: [risks](risks.md#packages).",
    "",
    "tests/hostile/risks.test.ts › every package that is installed, or that an app may add, is judged, and no other",
  ),
  demand(
    "15.1.5 (level 3)",
    "Dangerous work is listed, with the walls round it: [risks](risks.md#dangerous-work-and-where-it-is-kept).",
    "",
    "tests/hostile/risks.test.ts › dangerous work is where the list says",
  ),
  demand(
    "15.2.1",
    "Packages with known faults are named.",
    "",
    "tests/check/dependencies.test.ts › a package with a known fault is named where package.json has it",
  ),
  demand("15.2.4", "Packages come from the registry that the lock file names, with their hashes.", "P02 P07"),
  demand(
    "15.2.5",
    "An app's packages run where it does: without network, other files and other programs.",
    "P02",
    `${barriers} › what an app's code may not do is refused: sandbox %s`,
  ),
  demand(
    "15.4.2",
    "What serves once is taken in one step.",
    "G11",
    `${store} › are taken by one of many, and by nobody once they have expired`,
  ),
  demand(
    "npm sheet",
    "Nothing of ours runs when it is installed, and no command runs what lies in the folder.",
    "J08 P02",
    "tests/hostile/hostile-folder.test.ts › no command runs what lies in the folder, but run, which runs the app",
  ),
  open(
    "SLSA",
    "Releases are built twice, attested, and published without a token that lives long.",
    "there has been no release.",
  ),
];

export const containerDemands: readonly Demand[] = [
  demand(
    "Pod Security, CIS 5",
    "A worker in the sandbox: its own user, process and network spaces, no capabilities, no new privileges, no other files.",
    "Q03 Q05",
    `${barriers} › a cell holds the app and nothing else`,
  ),
  demand(
    "CIS 5.11–5.28",
    "Memory, time and number of an app's processes have limits, and who meets them reads which.",
    "",
    "tests/hostile/neighbour.test.ts › $button: the neighbour goes on, the offender reads what happened and where",
  ),
  demand(
    "Docker sheet",
    "The start says which walls stand, and does not begin where demanded ones are missing.",
    "Q04",
    "packages/strongroom/src/gateway/supervise/sandbox.test.ts › a sandbox that is demanded and not there stops the start, and says what to install",
  ),
  open(
    "CIS 4, 5.4",
    "Images by digest, signed, without a shell.",
    "no image is published; the operator's is the operator's.",
  ),
];

export const formatDemands: readonly Demand[] = [
  demand(
    "data formats",
    "What is kept or sent has a closed grammar: no code, no references, no hidden prototypes, limits on all of it.",
    "I01 I03 I04 I05",
    "packages/strongroom/src/worker/codec.test.ts › keeps __proto__ as a name and nobody's prototype",
    "packages/strongroom/src/wire/messages.test.ts › with a depth without end is refused, not followed",
  ),
];
