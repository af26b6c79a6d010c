import { demand, open, type Demand } from "./standard.ts";

const sockets = "packages/strongroom/src/gateway/socket/socket.test.ts";
const uploads = "packages/strongroom/src/gateway/uploads/uploads.test.ts";
const grade = "tests/hostile/header-grade.test.ts › %s has the best grade for its headers" as const;
const costs = "tests/hostile/header-grade.test.ts › %s costs the grade" as const;
const markup =
  "tests/hostile/markup.test.ts › no text runs, loads or becomes anything, wherever an app shows it (from payload %i)" as const;
const crossSite =
  "tests/hostile/cross-site.test.ts › another site's page opens no socket, sends nothing and reads nothing" as const;
const metadata =
  "packages/strongroom/src/gateway/edge/fetch-metadata.test.ts › a script of another site cannot read a resource by leaving out how it was asked for" as const;
const window =
  "tests/identity/handover-attacks.test.ts › only a page of the app opens such a window, which stands in no frame and hears its opener" as const;
const alone =
  "tests/identity/frame.test.ts › a window that no frame of the app has opened signs nobody in" as const;

export const socketDemands: readonly Demand[] = [
  demand(
    "4.4.1",
    "Where the page came over TLS, so does its socket: the policy lets it connect to its own origin alone.",
    "",
    grade,
  ),
  demand(
    "4.4.2",
    "The origin of a handshake is compared whole, before the upgrade.",
    "D01 D02 D03",
    crossSite,
  ),
  demand(
    "4.4.3–4.4.4",
    "A socket needs a ticket that was asked for with the cookie and our own origin, and serves once.",
    "D01 G19",
    "packages/strongroom/src/gateway/tickets.test.ts › a ticket opens once",
    "packages/strongroom/src/gateway/tickets.test.ts › a ticket expires",
  ),
  demand(
    "WebSocket sheet",
    "What no browser of ours says ends the conversation, with a code and without a word.",
    "I01 I03 A22 E04",
    `${sockets} › every message that a browser may say has a line in the table, and says when it is heard`,
  ),
  demand(
    "WebSocket sheet",
    "Messages have limits of size, depth, number and rate; nothing is packed.",
    "K01 K09",
    `${sockets} › events at once are refused one by one, and in the end the socket is closed`,
  ),
];

export const fileDemands: readonly Demand[] = [
  demand(
    "5.1.1",
    "What may come stands at the widget, and what happens to all else in [the guide](../guides/take-a-file.md).",
    "B01",
    `${uploads} › a program that is named as a table, a path, and an ending that nobody asked for are refused`,
  ),
  demand(
    "5.2.1",
    "Sizes are counted while a file comes; what is too large is cut off.",
    "B05",
    `${uploads} › 2 GB sent at a limit of 2 MB are cut, however they are announced`,
  ),
  demand(
    "5.2.2",
    "Name and content must both fit what the widget asks for.",
    "B01",
    `${uploads} › a program that is named as a table, a path, and an ending that nobody asked for are refused`,
  ),
  demand(
    "5.2.3",
    "What is packed is unpacked up to a limit.",
    "B07",
    "packages/strongroom/src/worker/reader/read-table.test.ts › does not unpack bombs, and does not count what nobody looks at",
  ),
  demand(
    "5.2.4",
    "There is room for so much of a session, a viewer and all.",
    "K09",
    `${uploads} › there is room for so much of a session, a viewer and all, and it comes back`,
  ),
  demand(
    "5.2.5, 5.3.1–5.3.3",
    "No archive is unpacked to disk, and no name of a viewer's is ever a place.",
    "A13 A24",
    "tests/hostile/uploads.test.ts › uploads that are cut off anywhere leave nothing, in memory or on a disk",
  ),
  demand(
    "5.4.1–5.4.2",
    "Downloads have names as RFC 6266 and 8187 say, a fitting type, and a sandbox.",
    "B03 B12 J10",
    "tests/hostile/markup.test.ts › a picture with a script in it runs nothing, on the page or in a tab of its own",
  ),
  open(
    "5.2.6 (level 3)",
    "Pictures of too many points are refused.",
    "the server unpacks no picture of a viewer's: it hands the bytes on.",
  ),
  open(
    "5.4.3",
    "Files are looked through for malware.",
    "there is no scanner here; an app may hand uploads to one.",
  ),
];

export const encodingDemands: readonly Demand[] = [
  demand(
    "1.1.1",
    "Addresses are read once, at the edge; a second spelling is refused.",
    "A10 A23",
    "packages/strongroom/src/gateway/edge/request-target.test.ts › a double encoded path stays what it says and names nothing of ours",
  ),
  demand(
    "1.2.1–1.2.3",
    "Text is text in HTML, and addresses are http, https, mailto or the app's own.",
    "H01 H02 C05",
    markup,
  ),
  demand(
    "1.2.4",
    "Values are parameters of a query, never its text.",
    "J01 J02 J03",
    "tests/hostile/sql-injection/sql-injection.test.ts › is asked with every payload: nothing is read or changed but what was named",
  ),
  demand(
    "1.2.5",
    "No shell is started, by nobody.",
    "E04 J07",
    "packages/strongroom/src/gateway/supervise/barriers.test.ts › what an app's code may not do is refused: sandbox %s",
  ),
  demand("1.2.10", "A cell that would be a formula is none in an export.", "B11"),
  demand(
    "1.1.2, 1.3.1–1.3.5",
    "No markup is taken, and text becomes parts of a page last of all; no code is made from text; a picture with a script runs nothing.",
    "H13 I07 B12",
    markup,
  ),
  demand(
    "1.3.6",
    "An app calls what its connections name, and nothing else.",
    "C01 C05 C09",
    "packages/strongroom/src/gateway/supervise/barriers.test.ts › a cell holds the app and nothing else",
  ),
  demand("1.3.12", "Our readers take time that grows with the text.", "K05"),
  demand(
    "1.5.2",
    "Decoding gives plain data, and nothing that runs.",
    "I01 I04 I05",
    "packages/strongroom/src/worker/codec.test.ts › of any kind make plain data or a RangeError, and nothing else",
  ),
  demand("1.5.3", "One reader of addresses and one of messages, used by all.", "A23 O04"),
  demand(
    "2.2.1–2.2.3",
    "Every answer is held against what was declared, where viewers cannot reach.",
    "E16",
    "tests/hostile/forged-events.test.ts › refuses ${events} forged events before any of the author's code (seed ${seed})",
  ),
  demand(
    "15.3.3",
    "A field that nobody knows is refused.",
    "I01 A14",
    "tests/hostile/forged-events.test.ts › closes the socket of whoever breaks the protocol, and nobody else notices",
  ),
  demand(
    "15.3.6",
    "Names that mean something to objects are refused, or mean nothing.",
    "I04",
    "packages/strongroom/src/elements/table-data.test.ts › survives objects without a prototype, circles and hostile names",
  ),
];

export const headerDemands: readonly Demand[] = [
  demand(
    "3.4.1",
    "Strict transport security for two years, with subdomains, wherever TLS is spoken.",
    "D01",
    grade,
  ),
  demand("3.4.2", "No other origin may read anything.", "D11", costs, crossSite),
  demand(
    "3.4.3",
    "A policy for each answer: nothing but our own, no unsafe word, Trusted Types demanded.",
    "H02",
    grade,
    costs,
  ),
  demand("3.4.4–3.4.5", "No guessed types; no address is told to others.", "H18", grade),
  demand(
    "3.4.6",
    "No other page holds it in a frame, but those that the configuration names.",
    "D12 D13",
    "tests/hostile/cross-site.test.ts › no other page holds it in a frame",
  ),
  demand(
    "3.4.7",
    "What a browser stopped is told to the server, counted, and not written down.",
    "",
    "tests/hostile/header-grade.test.ts › what a browser stops on a page is counted, and nothing of its report is written",
  ),
  demand(
    "3.4.8",
    "Pages of other origins share no window group with it; the one window in which somebody signs in for a frame hears that frame, shows nothing of anybody, and lets go of it before it goes on.",
    "",
    grade,
    window,
  ),
  demand(
    "3.5.1–3.5.3",
    "An act needs our own origin, what the browser says of the request, and a ticket or a cookie of ours.",
    "D04 D05 B04",
    crossSite,
  ),
  demand(
    "3.5.5",
    "One kind of message is listened to: between a frame and the window that it has opened, by source, origin and schema.",
    "D12",
    alone,
  ),
  demand("3.5.8", "Resources are for our own pages alone.", "D11", metadata),
  demand("3.6.1", "Nothing is loaded from anybody else.", "M05", markup),
  demand(
    "3.2.1–3.2.3",
    "What was sent in opens in a sandbox or as a download; no markup reaches the page, and no name of an element replaces anything.",
    "B03 H02 H15",
    markup,
  ),
  demand("Observatory", "The best grade, for a page, an asset and a refusal.", "", grade),
  demand("4.1.1", "Every text says that it is UTF-8.", "H18"),
  demand(
    "4.1.3, 15.3.4",
    "What a proxy would say is believed of proxies that the configuration names.",
    "O01 E05 E19",
    "packages/strongroom/src/gateway/edge/client-address.test.ts › without trusted proxies no header counts",
  ),
  demand(
    "4.1.4",
    "A method that an operation does not name is refused.",
    "E03 L03",
    "packages/strongroom/src/gateway/access/policies.test.ts › each operation answers each asker as it is written here",
  ),
  demand(
    "4.2.1–4.2.4",
    "A request that could be read in two ways is refused, and its connection closed.",
    "B05 K06",
    "packages/strongroom/src/gateway/edge/header-lines.test.ts › headers that stand once are let through",
  ),
  open(
    "3.5.4",
    "Each app has a host name of its own.",
    "the name is the operator's; [the guide](../guides/behind-a-proxy.md) says what apps share that have one name.",
  ),
  open(
    "3.7.3 (level 3)",
    "Whoever is led away is asked before.",
    "a link shows where it leads and a click follows it; only signing in and out lead elsewhere by themselves.",
  ),
  open(
    "3.7.4 (level 3)",
    "The host name is in the browsers' list of names that speak TLS alone.",
    "the list is the operator's to ask for.",
  ),
];
