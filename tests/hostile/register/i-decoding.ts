import { unit, words, type Entry } from "./entry.ts";

const codec = "packages/strongroom/src/worker/codec.test.ts";
const messages = "packages/strongroom/src/wire/messages.test.ts";
const event = (more: string): string => `{"t":"event","n":1,"tree":1,${more}}`;

export const decoding: readonly Entry[] = [
  {
    id: "I01",
    title: "The decoder of a protocol found functions by names that the browser sent.",
    against: "gateway",
    outcome:
      "Messages are JSON of a closed schema: there is no word in it for code, modules, references or promises.",
    attempts: [
      {
        kind: "frames",
        frames: [
          '{"t":"event","n":(n),"tree":(tree),"values":{"a":"$@1"},"__proto__":{"x":1}}',
          '{"t":"constructor"}',
          '{"t":"toString"}',
          '{"t":"__proto__","n":1}',
          '{"t":["event"],"n":1,"tree":1}',
          '{"t":"event","n":(n),"tree":(tree),"values":{"__proto__":{"polluted":true}}}',
          '{"t":"event","n":(n),"tree":(tree),"values":{"constructor":{"prototype":{"polluted":true}}}}',
          '{"t":"event","n":(n),"tree":(tree),"trigger":{"id":"button:Button","__proto__":{}}}',
          '{"t":"event","n":(n),"tree":(tree),"then":"$B1"}',
          '{"$type":"System.Object","t":"event"}',
        ].map((text) => ({ text, closes: [1008] })),
      },
      unit("message", "refused", [
        '"event"',
        "[]",
        "null",
        "1",
        "",
        "{",
        "NaN",
        "undefined",
        '{"t":"event"}',
        "new Date()",
        "{t:'event'}",
        "/*x*/{}",
        event('"values":{"a":undefined}'),
        `\ufeff${event('"values":{}')}`,
        `${event('"values":{}')}x`,
      ]),
    ],
    provenBy: [`${messages} › with a depth without end is refused, not followed`],
  },
  {
    id: "I03",
    title: "A serialiser that knew too many types let an attacker run code or stop the server.",
    against: "worker",
    outcome: "Not used. Depth, length, number and size each have a limit, before anything is read.",
    attempts: [
      {
        kind: "frames",
        frames: [
          `{"t":"event","n":(n),"tree":(tree),"values":{"textInput:Text":${"[".repeat(5_000)}${"]".repeat(5_000)}}}`,
          `{"t":"event","n":(n),"tree":(tree),"values":{"textInput:Text":${'{"a":'.repeat(500)}1${"}".repeat(500)}}}`,
          `{"t":"event","n":(n),"tree":(tree),"values":{${Array.from({ length: 3_000 }, (_, at) => `"w${at}":1`).join()}}}`,
          `{"t":"event","n":1e400,"tree":(tree)}`,
          `{"t":"event","n":-1,"tree":(tree)}`,
          `{"t":"event","n":1.5,"tree":(tree)}`,
          `{"t":"event","n":9007199254740993,"tree":(tree)}`,
          `{"t":"event","n":(n),"tree":(tree),"query":"${"q".repeat(100_000)}"}`,
        ].map((text) => ({ text, closes: [1008, 1009] })),
      },
      {
        kind: "source",
        files: /^package-lock\.json$/,
        lacks:
          /"node_modules\/(seroval|devalue|superjson|serialize-javascript|node-serialize|flatted|js-yaml|cbor-x|msgpackr)"/,
        but: /^$/,
      },
    ],
    provenBy: [`${messages} › with more answers, or larger ones, than an event brings is refused`],
  },
  {
    id: "I04",
    title: "The same in others of their kind.",
    against: "worker",
    outcome: "As I03: names that mean something to objects are refused in every record.",
    attempts: [
      unit(
        "message",
        "refused",
        words`__proto__ constructor prototype`.flatMap((name) => [
          event(`"values":{"${name}":1}`),
          event(`"${name}":1`),
          event(`"values":{"a":{"${name}":1}}`),
        ]),
      ),
    ],
    provenBy: [`${codec} › keeps __proto__ as a name and nobody's prototype`],
  },
  {
    id: "I05",
    title: "A planted file in the cache ran when it was read.",
    against: "worker",
    outcome:
      "Values on disk are sealed for their place; what was changed or moved is a miss, and decoding makes plain data only.",
    attempts: [
      {
        kind: "source",
        files: /^packages\/strongroom\/src\/.*(?<!\.test)\.ts$/,
        lacks: /\bv8\b.*deserialize|from "node:v8"/,
        but: /cli\/heap\.ts$/,
      },
    ],
    provenBy: [
      `${codec} › of any kind make plain data or a RangeError, and nothing else`,
      "packages/strongroom/src/gateway/store/seal.test.ts › does not open in another place, with another key, or changed in any byte",
    ],
  },
  {
    id: "I06",
    title: "Code left a sandbox that was made of the language itself.",
    against: "worker",
    outcome:
      "The walls are processes and the kernel's; the permission model stands within them, and the start prints which are there.",
    provenBy: [
      "packages/strongroom/src/gateway/supervise/barriers.test.ts › a cell holds the app and nothing else",
      "packages/strongroom/src/gateway/supervise/sandbox.test.ts › a sandbox that is demanded and not there stops the start, and says what to install",
    ],
  },
  {
    id: "I07",
    title: "An app gave a visitor's text to eval.",
    against: "worker",
    outcome: "Workers make no code from text; the check names the line before the app goes live.",
    attempts: [
      {
        kind: "check",
        rule: "CHK-EVAL",
        scripts: [
          'st.text(String(eval(st.textInput("a") ?? "")));',
          'st.text(String(new Function("return 1")()));',
          'st.text(String(Function("return 1")()));',
          'const run = eval; st.text(String(run("1")));',
          'st.text(String((0, eval)("1")));',
          'st.text(String(globalThis.eval("1")));',
          'import vm from "node:vm"; st.text(String(vm.runInContext(st.textInput("a") ?? "", vm.createContext({}))));',
          'import vm from "node:vm"; st.text(String(new vm.Script("1").runInThisContext()));',
          'import vm from "node:vm"; st.text(String(vm.compileFunction("return 1")()));',
          'await import(`data:text/javascript,${st.textInput("a") ?? ""}`);',
        ],
      },
    ],
    provenBy: [
      "packages/strongroom/src/gateway/supervise/barriers.test.ts › what an app's code may not do is refused: sandbox %s",
    ],
  },
];
