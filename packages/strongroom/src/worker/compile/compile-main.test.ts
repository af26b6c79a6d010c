import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { buildSchema, type Build } from "../../wire/compiler-frames.ts";
import { FrameReader, frame } from "../../wire/frames.ts";
import { decodeText } from "../../wire/schema.ts";

/** The compiler's process on a folder of its own. */
function compiler(files: Readonly<Record<string, string>>) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "strongroom-compiler-")));
  const save = (path: string, text: string): void => {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    // As editors save: a new file takes the place of the old one.
    writeFileSync(join(folder, `${path}~`), text);
    renameSync(join(folder, `${path}~`), join(folder, path));
  };
  for (const [path, text] of Object.entries(files)) save(path, text);
  const main = fileURLToPath(new URL("compile-main.ts", import.meta.url));
  const child = spawn(process.execPath, [main], { stdio: ["ignore", "inherit", "inherit", "pipe"], env: {} });
  const socket = child.stdio[3] as Socket;
  const reader = new FrameReader();
  const builds: Build[] = [];
  const waiting: ((build: Build) => void)[] = [];
  socket.on("data", (chunk: Buffer) => {
    reader.push(chunk);
    for (let text = reader.next(); text !== undefined; text = reader.next()) {
      const decoded = decodeText(buildSchema, text.toString(), 1_000_000);
      if (!decoded.ok) throw new Error(`${decoded.at}: ${decoded.expected}`);
      const taker = waiting.shift();
      if (taker === undefined) builds.push(decoded.value);
      else taker(decoded.value);
    }
  });
  return {
    folder,
    save,
    child,
    remove: (path: string) => rmSync(join(folder, path), { recursive: true }),
    begin(watch: boolean, poll = false): void {
      const build = {
        appFolder: folder,
        script: join(folder, "app.ts"),
        stateFolder: join(folder, ".strongroom/state"),
        watch,
        poll,
      };
      socket.write(frame(Buffer.from(JSON.stringify({ build }))));
    },
    next: async (): Promise<Build> => builds.shift() ?? new Promise((resolve) => waiting.push(resolve)),
    async [Symbol.asyncDispose]() {
      socket.destroy();
      if (child.exitCode === null) await once(child, "exit");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

test.each([
  ["of which the system tells", false],
  ["that it looks for", true],
])("builds at once, and again after each save that changes something: %s", async (_, poll) => {
  await using it = compiler({ "app.ts": `import "./lib/a.ts";\n`, "lib/a.ts": "console.log(1);\n" });
  it.begin(true, poll);
  const first = await it.next();
  expect(first).toMatchObject({ ok: true, pages: [{ path: "", title: "Home", icon: "" }] });
  it.save("lib/a.ts", "console.log(;\n");
  expect(await it.next()).toMatchObject({ ok: false, problem: expect.stringContaining("lib/a.ts:1:13") });
  it.save("lib/a.ts", "console.log(2);\n");
  const third = await it.next();
  expect(third).toMatchObject({ ok: true });
  it.save("pages/1_more.ts", "console.log(3);\n");
  expect(await it.next()).toMatchObject({ ok: true, pages: [{ path: "" }, { path: "more", title: "More" }] });
  it.remove("pages");
  expect(await it.next()).toEqual(third);
});

test("a file that was missing is found when it comes", async () => {
  await using it = compiler({ "app.ts": `import "./later.ts";\n` });
  it.begin(true);
  expect(await it.next()).toMatchObject({ ok: false });
  it.save("later.ts", "console.log(1);\n");
  expect(await it.next()).toMatchObject({ ok: true });
});

test("ends with its supervisor", async () => {
  await using it = compiler({ "app.ts": "" });
  it.begin(false);
  expect(await it.next()).toMatchObject({ ok: true });
  const ended = once(it.child, "exit");
  (it.child.stdio[3] as Socket).destroy();
  expect(await ended).toEqual([0, null]);
});
