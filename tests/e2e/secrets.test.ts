import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { startApp } from "../running/app-server.ts";
import { openRaw } from "../running/raw-session.ts";

const script = `import { st } from "strongroom";
import { early } from "./early.ts";
const level = st.slider("Level", { key: "level" });
const { SR_KEY, SR_PORT } = process.env;
const counts = [st.secrets.SR_KEY, SR_KEY, SR_PORT, early].map((text) => String(text).length);
st.text(\`level \${level} of \${counts.join(" ")} \${st.secrets.get("mode")}\`);
console.log("key", st.secrets.SR_KEY, st.secrets);
st.text("auth" in st.secrets || "connections" in st.secrets ? "too much" : "its own");
`;

/** An app in a folder of its own; nothing of this machine's home is read. */
function appWith(files: Readonly<Record<string, string>>, config = "") {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-secrets-"));
  const save = (path: string, text: string): void => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, text, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  };
  save("app.ts", script);
  save("early.ts", 'import { st } from "strongroom";\nexport const early = st.secrets.get("SR_KEY", "");\n');
  save(
    ".strongroom/config.toml",
    `[access]\nallow = "anyone"\n[limits]\neventsPerSecond = 10000\n[runner]\nworkers = 1\n${config}`,
  );
  for (const [path, text] of Object.entries(files)) save(path, text);
  return {
    folder,
    save,
    start: () => startApp(join(folder, "app.ts"), {}),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const auth = `[auth]
redirect_uri = "http://localhost:8501/oauth2callback"
client_id = "app"
client_secret = "c1"
server_metadata_url = "https://id.example.com/.well-known/openid-configuration"
`;
const key = (length: number): string => "k7Qm2xV9pL4tR8wZ1cB6nH3yS5dF0gJ".slice(0, length);
const toml = (length: number, more = ""): string =>
  `SR_KEY = "${key(length)}"\nSR_PORT = 31337\nmode = "first"\n${more}`;

test("a change of the secrets reaches the code at once; sessions go on, and nothing is printed", async () => {
  using app = appWith({ ".strongroom/secrets.toml": toml(20, auth) });
  await using program = app.start();
  const [, url = ""] = await program.line(/^ready (http:\S+)$/);
  const session = await openRaw(url);
  await session.slide(7);
  expect(session.last).toContain("level 7 of 20 20 5 20 first");
  await program.line(/key ••• \{ SR_KEY: '•••', SR_PORT: '•••', mode: '•••' \}/);
  app.save(".strongroom/secrets.toml", `SR_KEY = "${key(30)}\n`);
  const [problem = ""] = await program.line(/secrets have changed and are not taken up.*/);
  expect(problem).toMatch(/secrets\.toml:1:/);
  expect(problem).not.toContain(key(10));
  app.save(".strongroom/secrets.toml", toml(30).replace("first", "second"));
  await program.line(/secrets have changed and are taken up/);
  // Which of the two versions answers is decided by when the new worker is ready: soon it is the new one.
  for (let step = 8; !session.last.includes("30 30 5 30 second"); step++) {
    await session.slide((step % 90) + 1);
    expect(session.last).toMatch(/level \d+/);
  }
});

test("a folder as an orchestrator mounts it is read, and followed when its link changes", async () => {
  using app = appWith(
    {
      ".strongroom/mounted/..one/SR_KEY": `${key(20)}\n`,
      ".strongroom/mounted/..two/SR_KEY": `${key(25)}\n`,
    },
    '[secrets]\nfiles = [".strongroom/mounted"]\nenvironment = false\n',
  );
  const mounted = join(app.folder, ".strongroom/mounted");
  chmodSync(mounted, 0o755);
  symlinkSync("..one", join(mounted, "..data"));
  symlinkSync("..data/SR_KEY", join(mounted, "SR_KEY"));
  await using program = app.start();
  const [, url = ""] = await program.line(/^ready (http:\S+)$/);
  const session = await openRaw(url);
  await session.slide(7);
  expect(session.last).toContain("level 7 of 20 9 9 20 undefined");
  symlinkSync("..two", join(mounted, "..data.new"));
  renameSync(join(mounted, "..data.new"), join(mounted, "..data"));
  await program.line(/secrets have changed and are taken up/);
  for (let step = 8; !session.last.includes("of 25"); step++) await session.slide((step % 90) + 1);
});

test("a connection whose secrets change is opened anew, by the broker alone", async () => {
  const section = (name: string): string =>
    `[connections.shop]\ntype = "sqlite"\npath = "${name}.db"\nseed = "${name}.sql"\n`;
  using app = appWith({
    "app.ts": `import { st } from "strongroom";
st.slider("Level", { key: "level" });
const [row] = await st.connection("shop").query\`select name from a\`;
st.text(\`row \${row?.name}\`);
`,
    "one.sql": "create table a (name text); insert into a values ('from one');",
    "two.sql": "create table a (name text); insert into a values ('from two');",
    ".strongroom/secrets.toml": section("one"),
  });
  await using program = app.start();
  const [, url = ""] = await program.line(/^ready (http:\S+)$/);
  const session = await openRaw(url);
  await session.slide(7);
  expect(await (await fetch(url)).text()).toContain("row from one");
  app.save(".strongroom/secrets.toml", `${section("two")}unknown = 1\n`);
  await program.line(/not taken up.*secrets\.toml:5.*unknown/);
  app.save(".strongroom/secrets.toml", section("two"));
  await program.line(/are taken up.*connections/);
  await session.slide(8);
  expect(session.last).toContain("row from two");
});

test("the start names secrets that cannot be hidden, but those that may be shown", async () => {
  const secrets =
    'PW = "swordfish"\nPIN = 1234\nregion = "eu"\n[mail]\nkey = "abc"\nother = "k7Qm2xV9pL4tR8"\n';
  using app = appWith({ ".strongroom/secrets.toml": secrets }, '[secrets]\nshown = ["region"]\n');
  await using program = app.start();
  const [words] = await program.line(
    /PW, PIN, mail\.key are too short \(or too common a word\) to be hidden.*/,
  );
  expect(words).not.toMatch(/region|mail\.other|swordfish|1234/);
});
