import type { Entry } from "./entry.ts";

const hosts =
  "hosting several apps is the platform's work; this server serves one, on a machine of its operator's.";
const barriers = "packages/strongroom/src/gateway/supervise/barriers.test.ts";
const notHere = (id: string, title: string, outcome: string, cannot = hosts): Entry => ({
  id,
  title,
  against: "elsewhere",
  outcome,
  cannot,
});

export const supply: readonly Entry[] = [
  {
    id: "P01",
    title: "A stranger's text ran in the workflow of a build.",
    against: "build",
    outcome: "The build's steps stand in files of the repository and take no text from outside.",
    attempts: [
      {
        kind: "source",
        files: /^(\.ci\/|tools\/bootstrap)/,
        lacks: /\$\{\{|curl [^|]*\| *(ba)?sh|wget [^|]*\| *(ba)?sh|eval "/,
      },
    ],
  },
  {
    id: "P02",
    title: "Scripts that packages run when they are installed stole what they could reach.",
    against: "build",
    outcome:
      "Ours has no such script; packages are taken as the lock file says, with their hashes, and their scripts do not run.",
    attempts: [
      {
        kind: "source",
        files: /^packages\/[^/]+\/package\.json$/,
        lacks: /"(preinstall|install|postinstall|prepare|prepublish)":/,
      },
      {
        kind: "source",
        files: /^package-lock\.json$/,
        lacks: /"resolved": "(?!https:\/\/registry\.npmjs\.org\/|packages\/)/,
      },
      { kind: "source", files: /^tools\/bootstrap\/(install|npm)\.mjs$/, lacks: /ignore-scripts(=| )false/ },
    ],
    provenBy: [
      "tests/hostile/hostile-folder.test.ts › no command runs what lies in the folder, but run, which runs the app",
    ],
  },
  notHere(
    "P03",
    "A grant to a tool of somebody else reached the customers' configuration.",
    "No tool of others has a grant here.",
  ),
  notHere(
    "P04",
    "The secrets of all apps lay in one store.",
    "The secrets of an app lie in its own folder, sealed if its author wants that.",
  ),
  notHere(
    "P05",
    "Stolen tokens of a code host downloaded private repositories.",
    "No token of a code host is held.",
  ),
  notHere(
    "P06",
    "An integration asked for more rights than it needs.",
    "No rights at any code host are asked for.",
  ),
  {
    id: "P07",
    title: "A package of the wrong registry was taken for the right one.",
    against: "build",
    outcome:
      "The lock file names registry and hash of each package; a name of our own that others could claim is never asked for.",
    attempts: [
      {
        kind: "source",
        files: /^(package|packages\/[^/]+\/package)\.json$/,
        lacks: /": "(git|github:|https?:|file:\.\.\/\.\.|latest|\*)/,
      },
    ],
    provenBy: [
      "tests/check/dependencies.test.ts › a package with a known fault is named where package.json has it",
    ],
  },
];

export const containers: readonly Entry[] = [
  notHere(
    "Q01",
    "An image or a shared folder raced the runtime of containers.",
    "Nothing of an app's is mounted but its own folder, read-only.",
    "the operator's runtime of containers is not ours.",
  ),
  {
    id: "Q02",
    title: "A descriptor that was left open led out of the container.",
    against: "gateway",
    outcome: "What was inherited is closed at the start, and a worker has two descriptors.",
    provenBy: [`${barriers} › nothing of the gateway's is in a worker: sandbox %s`],
  },
  {
    id: "Q03",
    title: "Capabilities and numeric users were more than they seemed.",
    against: "gateway",
    outcome: "In the sandbox there are no capabilities, and no new privileges.",
    provenBy: [`${barriers} › a cell holds the app and nothing else`],
  },
  {
    id: "Q04",
    title: "What is no boundary was taken for one.",
    against: "worker",
    outcome: "The permission model is the inner layer; the start says in one line which walls stand.",
    provenBy: [
      "packages/strongroom/src/gateway/supervise/sandbox.test.ts › without bubblewrap one line says so, and what would help",
    ],
  },
  {
    id: "Q05",
    title: "An app reached the machine's services and other apps over the network.",
    against: "worker",
    outcome: "In the sandbox an app has no network.",
    provenBy: [`${barriers} › a cell holds the app and nothing else`],
  },
  notHere(
    "Q06",
    "A name that was given up belonged to the next who asked for it.",
    "There are no names to give up.",
  ),
  notHere(
    "Q07",
    "After an app was removed, something of it stayed.",
    "What an app leaves lies in its own .strongroom/state.",
  ),
  notHere("Q08", "Who was invited to one app saw all of them.", "Rules are those of the one app."),
  notHere(
    "Q09",
    "Anybody could wake a sleeping app.",
    "An app does not sleep here; sessions do, and only their own viewers wake them.",
  ),
];
