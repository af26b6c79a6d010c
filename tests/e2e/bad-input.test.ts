import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { startApp } from "../running/app-server.ts";
import { openRaw } from "../running/raw-session.ts";

/** An app in a folder of its own, gone at the end of the test. */
function appFolder(files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-bad-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return {
    folder,
    script: join(folder, "app.ts"),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const hello = 'import { st } from "strongroom";\nst.title("Hello");\n';

async function endsWith(
  program: ReturnType<typeof startApp>,
): Promise<{ code: number | null; output: string }> {
  const lines: string[] = [];
  for (const stream of [program.child.stdout, program.child.stderr])
    stream?.on("data", (part: Buffer) => lines.push(part.toString()));
  const code = await new Promise<number | null>((resolve) => program.child.once("close", resolve));
  return { code, output: lines.join("") };
}

test("a missing app file: the path, and how to make one", async () => {
  await using program = startApp("/nowhere/app.ts");
  const { code, output } = await endsWith(program);
  expect(code).toBe(1);
  expect(output).toContain("/nowhere/app.ts");
  expect(output).toContain("strongroom init");
});

test("a port in use: which, and the flag that chooses another", async () => {
  using app = appFolder({ "app.ts": hello });
  const taken = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => taken.once("listening", resolve));
  const address = taken.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  await using program = startApp(app.script, { args: ["--port", String(port)] });
  const { code, output } = await endsWith(program);
  taken.close();
  expect(code).toBe(1);
  expect(output).toContain(String(port));
  expect(output).toContain("--port");
});

test.each([
  ["[server]\nprot = 1\n", ["config.toml:2", "port"]],
  ["[server]\nport = true\n", ["config.toml:2", "server.port"]],
  ["[server\n", ["config.toml:1"]],
])("a broken configuration (%j): the file, the line and what was expected", async (config, parts) => {
  using app = appFolder({ "app.ts": hello, ".strongroom/config.toml": config });
  await using program = startApp(app.script);
  const { code, output } = await endsWith(program);
  expect(code).toBe(1);
  for (const part of parts) expect(output).toContain(part);
});

test("a syntax error: its place in the terminal and in the page, and the server lives until it is mended", async () => {
  using app = appFolder({ "app.ts": `${hello}const = 1;\n` });
  await using program = startApp(app.script);
  await program.line(/app\.ts:3/);
  const url = (await program.line(/^ready (http:\S+)$/))[1] ?? "";
  expect(await (await fetch(url)).text()).toContain("app.ts:3");
  writeFileSync(app.script, hello);
  await expect.poll(async () => (await fetch(url)).text()).toContain("Hello");
});

const faulty = `import { st } from "strongroom";
st.sessionState["kept"] ??= "kept";
const level = st.slider("Level", { minValue: 0, maxValue: 9 });
st.text(\`Level \${level}, \${String(st.sessionState["kept"])}\`);
if (level === 1) throw new Error("thrown by the author");
if (level === 2) {
  const circular: { self?: unknown } = {};
  circular.self = circular;
  st.sessionState["circular"] = circular;
}
if (level === 3) st.write("x".repeat(50_000_000));
if (level === 4) st.sessionState["live"] = () => 1;
if (level === 6) await st.connection("none").query\`select 1\`;
`;

test.each([
  [1, ["thrown by the author", "app.ts", '"line":5']],
  [2, ["st.sessionState.circular", '"line":9']],
  [3, ["at most", '"line":11']],
  [4, ["st.sessionState.live", '"line":12']],
  [6, ["There is no connection", '"line":13']],
])(
  "a fault of the script (%i): message and line in the page, and what was committed stays",
  async (level, parts) => {
    using app = appFolder({ "app.ts": faulty });
    await using program = startApp(app.script, { args: ["--port", "0"] });
    const url = `${(await program.line(/^ready (http:\S+)$/))[1] ?? ""}/`;
    const session = await openRaw(url);
    await session.slide(level);
    for (const part of parts) expect(session.last).toContain(part);
    await session.slide(5);
    expect(session.last).toContain("Level 5, kept");
  },
);
