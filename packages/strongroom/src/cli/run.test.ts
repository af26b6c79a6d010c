import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { isLiving, treeOf } from "../../../../tests/running/processes.ts";

const program = fileURLToPath(new URL("../../bin/strongroom.mjs", import.meta.url));

/** The real command on an app in a folder of its own, which has no packages. */
function serve(
  files: Readonly<Record<string, string>>,
  args: readonly string[] = [],
  path = process.env["PATH"],
) {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-run-"));
  const save = (path: string, text: string): void => {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const [path, text] of Object.entries(files)) save(path, text);
  const env = { PATH: path, HOME: folder };
  const child = spawn(process.execPath, [program, "run", "app.ts", "--port", "0", ...args], {
    cwd: folder,
    env,
  });
  const printed = { out: [] as string[], error: [] as string[] };
  const heard = new Set<() => void>();
  for (const [name, stream] of [
    ["out", child.stdout],
    ["error", child.stderr],
  ] as const) {
    createInterface({ input: stream }).on("line", (line) => {
      printed[name].push(line);
      for (const listener of heard) listener();
    });
  }
  const ended = once(child, "close").then(([code]) => Number(code));
  return {
    folder,
    save,
    child,
    printed,
    ended,
    /** The next line that fits, on either stream; a line is answered once. */
    line(pattern: RegExp): Promise<string> {
      return new Promise((resolve, reject) => {
        const look = (): void => {
          for (const lines of [printed.out, printed.error]) {
            const at = lines.findIndex((line) => pattern.test(line));
            if (at < 0) continue;
            heard.delete(look);
            return resolve(lines.splice(at, 1)[0] ?? "");
          }
        };
        heard.add(look);
        void ended.then(() =>
          reject(new Error(`It ended without ${String(pattern)}:\n${printed.error.join("\n")}`)),
        );
        look();
      });
    },
    async url(): Promise<string> {
      return (await this.line(/^ready /)).slice("ready ".length);
    },
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function page(url: string): Promise<string> {
  const response = await fetch(url);
  return response.text();
}

const hello = 'import { st } from "strongroom";\nst.title("Hello");\n';

test("serves an app that has no packages of its own, and says where and in which sandbox", async () => {
  await using app = serve({ "app.ts": hello });
  const url = await app.url();
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  await app.line(/^sandbox \S/);
  expect(await page(url)).toContain("Hello");
  expect(statSync(join(app.folder, ".strongroom", "state")).mode & 0o777).toBe(0o700);
  expect(readFileSync(join(app.folder, ".strongroom", "state", ".gitignore"), "utf8")).toBe("*\n");
});

test("what is saved is what is shown; what does not compile is told in the terminal", async () => {
  await using app = serve({ "app.ts": hello, "pages/1_More.ts": hello.replace("Hello", "More") });
  const url = await app.url();
  expect(await page(`${url}/more`)).toContain("More");
  app.save("app.ts", `${hello}const = 1;\n`);
  await app.line(/^app\.ts:3:7 /);
  app.save("app.ts", hello.replace("Hello", "Changed"));
  await app.line(/^The app runs again\.$/);
  await expect.poll(() => page(url)).toContain("Changed");
});

test("without watching a save changes nothing", async () => {
  await using app = serve({ "app.ts": hello }, ["--production"]);
  const url = await app.url();
  app.save("app.ts", hello.replace("Hello", "Changed"));
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await page(url)).toContain("Hello");
});

test("an app that does not compile does not start where nobody edits it", async () => {
  await using app = serve({ "app.ts": "const = 1;\n" }, ["--no-watch"]);
  expect(await app.ended).toBe(1);
  expect(app.printed.error.join("\n")).toContain("app.ts:1:7");
  expect(app.printed.out.join("\n")).not.toContain("ready");
});

test.runIf(process.platform === "linux").each([[[]], [["--production"]]])(
  "workers that can never start end it with the reason, and it serves nothing: %j",
  async (args) => {
    const tools = mkdtempSync(join(tmpdir(), "strongroom-tools-"));
    writeFileSync(join(tools, "bwrap"), "#!/bin/sh\necho no cells here >&2\nexit 1\n", { mode: 0o755 });
    const path = `${tools}:${process.env["PATH"] ?? ""}`;
    await using app = serve({ "app.ts": hello }, ["--runner.sandbox", "bubblewrap", ...args], path);
    expect(await app.ended).toBe(1);
    expect(app.printed.error.join("\n")).toMatch(/No worker can be started\.[^]*no cells here/);
    expect(app.printed.out.join("\n")).not.toContain("sandbox");
    // Only an author who edits may have been told where the app will be before it runs.
    if (args.length > 0) expect(app.printed.out.join("\n")).not.toContain("ready");
    rmSync(tools, { recursive: true });
  },
);

test("the author reads secrets by name and no others, and viewers none", async () => {
  const script = `${hello}st.text(\`KEY is "\${st.secrets.KEY}", of \${st.secrets.KEY.length}\`);\nst.text(String(st.secrets.get("auth", "no auth")));\nst.text(String(st.secrets.get("connections", "no connections")));\n`;
  await using app = serve({
    "app.ts": script,
    "a.sql": "create table a (x);",
    ".strongroom/config.toml": '[access]\nallow = "anyone"\n',
    ".strongroom/secrets.toml":
      'KEY = "open sesame"\n[connections.a]\ntype = "sqlite"\npath = "a.db"\nseed = "a.sql"\n[auth]\nredirect_uri = "http://localhost:8501/oauth2callback"\nclient_id = "app"\nclient_secret = "c1"\nserver_metadata_url = "https://id.example.com/.well-known/openid-configuration"\n',
  });
  const text = await page(await app.url());
  for (const part of ["KEY is &quot;•••&quot;, of 11", "no auth", "no connections"])
    expect(text).toContain(part);
  expect(text).not.toContain("sesame");
});

test("a port in use: the fix, and exit code 1", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const address = taken.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  await using app = serve({ "app.ts": hello, ".strongroom/config.toml": "" }, ["--port", String(port)]);
  expect(await app.ended).toBe(1);
  expect(app.printed.error.join("\n")).toContain(`Port ${port} is in use`);
  taken.close();
});

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s ends it in order, and its processes with it",
  async (signal) => {
    await using app = serve({ "app.ts": hello });
    await page(await app.url());
    const processes = treeOf(app.child.pid ?? 0);
    expect(processes.length).toBeGreaterThan(2);
    app.child.kill(signal);
    expect(await app.ended).toBe(0);
    await expect.poll(() => processes.filter(isLiving)).toEqual([]);
  },
);

test("asked twice, it ends at once", async () => {
  await using app = serve({ "app.ts": `${hello}console.log("begun");\nawait new Promise(() => {});\n` });
  const url = await app.url();
  void page(url).catch(() => {});
  await app.line(/begun/);
  app.child.kill("SIGTERM");
  const isWell = async (): Promise<boolean> => {
    const answer = await fetch(`${url}/healthz`).catch(() => undefined);
    return answer?.ok === true;
  };
  await expect.poll(isWell).toBe(false);
  app.child.kill("SIGTERM");
  expect([143, 0]).toContain(await app.ended);
});

test("killed without a warning, it leaves no worker behind, however busy", async () => {
  await using app = serve({ "app.ts": `${hello}console.log("begun");\nfor (;;);\n` });
  const url = await app.url();
  void page(url).catch(() => {});
  await app.line(/begun/);
  const processes = treeOf(app.child.pid ?? 0);
  expect(processes.length).toBeGreaterThan(2);
  app.child.kill("SIGKILL");
  await expect.poll(() => processes.filter(isLiving)).toEqual([]);
});
