import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import type { Exposure } from "./exposure.ts";
import { readSecrets, type SecretValues } from "./read-secrets.ts";
import { newAgeKey, recipientsOf, seal } from "./sealed.ts";

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-secrets-"));
  made.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text, { mode: 0o644 });
  }
  return folder;
}

interface Given {
  readonly exposure?: Exposure;
  readonly prepare?: (folder: string) => void;
  readonly files?: readonly string[];
  readonly ageKey?: string;
}

async function read(
  files: Readonly<Record<string, string>>,
  { exposure = "none", prepare, files: listed = [], ageKey }: Given = {},
): Promise<Omit<SecretValues, "places" | "authPlaces">> {
  const folder = folderWith(files);
  prepare?.(folder);
  const {
    places: _,
    authPlaces: __,
    ...values
  } = await readSecrets({
    appFolder: join(folder, "app"),
    home: join(folder, "home"),
    exposureOf: () => exposure,
    files: listed,
    ageKey,
  });
  return values;
}

async function refusal(...given: Parameters<typeof read>): Promise<string> {
  try {
    await read(...given);
  } catch (error) {
    return error instanceof Error ? `${error.message} ${String(error.cause)}` : "";
  }
  return "";
}

const ours = "app/.strongroom/secrets.toml";

test("without files there are none", async () => {
  expect(await read({})).toEqual({ forAuthors: {}, connections: {}, auth: {} });
});

test("connections go to the broker, auth to the gateway, the rest to the author", async () => {
  const text = `KEY = "k"\nwhen = 2026-01-02T03:04:05Z\n[mail]\nport = 25\nhosts = ["a"]\n[connections.shop]\npassword = "p"\n[auth]\nclient_secret = "c"\n`;
  expect(await read({ [ours]: text })).toEqual({
    forAuthors: { KEY: "k", when: "2026-01-02T03:04:05.000Z", mail: { port: 25, hosts: ["a"] } },
    connections: { shop: { password: "p" } },
    auth: { client_secret: "c" },
  });
});

test("the app's entries win over the global ones, connection by connection", async () => {
  const secrets = await read({
    "home/.strongroom/secrets.toml": `a = 1\nb = 1\n[s]\nx = 1\n[connections.x]\nu = 1\n[connections.y]\nu = 1\n`,
    [ours]: `b = 2\n[s]\ny = 2\n[connections.y]\nv = 2\n`,
  });
  expect(secrets).toEqual({
    forAuthors: { a: 1, b: 2, s: { y: 2 } },
    connections: { x: { u: 1 }, y: { v: 2 } },
    auth: {},
  });
});

test("a .streamlit folder is read where there is none of ours", async () => {
  const other = "app/.streamlit/secrets.toml";
  expect((await read({ [other]: "a = 1\n" })).forAuthors).toEqual({ a: 1 });
  expect((await read({ [other]: "a = 1\n", [ours]: "b = 2\n" })).forAuthors).toEqual({ b: 2 });
});

test("every place that was searched is known, whether something stood there or not", async () => {
  const folder = folderWith({});
  const { places } = await readSecrets({
    appFolder: join(folder, "app"),
    home: join(folder, "home"),
    exposureOf: () => "none",
  });
  expect(places).toEqual([join(folder, "home", ".strongroom/secrets.toml"), join(folder, ours)]);
});

describe("a folder with a file for each secret", () => {
  const files = {
    "mounted/..2026_01/api/key": "k1\n",
    "mounted/plain": "p1",
    "mounted/mail/user": "u1",
    "mounted/mail/password": "p2\n\n",
    "mounted/connections/shop/password": "p3",
    "mounted/auth/client_secret": "c1",
  };
  const listed = ["../mounted", "../app/.strongroom/secrets.toml"];
  const mount = (folder: string): void => {
    symlinkSync("..2026_01", join(folder, "mounted", "..data"));
    symlinkSync("..data/api", join(folder, "mounted", "api"));
  };

  test("is read as an orchestrator mounts it, and a later file replaces whole entries", async () => {
    expect(await read({ ...files, [ours]: 'plain = "q"\n' }, { files: listed, prepare: mount })).toEqual({
      forAuthors: { api: "k1", plain: "q", mail: { user: "u1", password: "p2\n" } },
      connections: { shop: { password: "p3" } },
      auth: { client_secret: "c1" },
    });
  });

  test("must not lead out of itself", async () => {
    const given = {
      files: listed,
      prepare: (folder: string) => symlinkSync("/etc/passwd", join(folder, "mounted", "x")),
    };
    expect(await refusal(files, given)).toMatch(/mounted.x: expected a file in the folder/);
    const chain = (folder: string): void => symlinkSync("../../home", join(folder, "mounted/mail", "h"));
    expect(await refusal({ ...files, "home/x": "s" }, { files: listed, prepare: chain })).toMatch(
      /leads out/,
    );
  });

  test.skipIf(process.platform === "win32")(
    "must be closed to others, unless an orchestrator mounted it",
    async () => {
      const open = (folder: string): void => {
        chmodSync(folder, 0o755);
        chmodSync(join(folder, "mounted"), 0o755);
      };
      expect(await refusal(files, { files: listed, prepare: open })).toMatch(/chmod -R go-rwx .*mounted/);
      const both = (folder: string): void => (open(folder), mount(folder));
      expect(await refusal(files, { files: listed, prepare: both })).toBe("");
    },
  );

  test("must not be published either", async () => {
    expect(await refusal(files, { files: listed, exposure: "not-ignored" })).toMatch(
      /not ignored.*echo mounted\/ >> .*\.gitignore/s,
    );
    expect(await refusal(files, { files: listed, exposure: "tracked" })).toMatch(
      /rm -r --cached --force mounted/,
    );
  });
});

test("no source may lie where the app's code reads", async () => {
  for (const file of ["secrets.toml", "data/mounted", "."])
    expect(await refusal({ "app/app.ts": "" }, { files: [file] })).toMatch(/the app's own code reads/);
});

describe("a sealed file", () => {
  const sealedFile = "app/.strongroom/secrets.toml.age";

  test("is opened with a key from a file or the environment; git may have it, and what is not sealed wins", async () => {
    const { text: key, recipient } = await newAgeKey();
    const sealed = await seal('a = "s"\nb = "s"\n', [recipient]);
    expect(sealed).toMatch(/^-----BEGIN AGE/);
    const withKey = { [sealedFile]: sealed, "app/.strongroom/age.key": key };
    const close = (folder: string): void => chmodSync(join(folder, "app/.strongroom/age.key"), 0o600);
    expect((await read(withKey, { prepare: close })).forAuthors).toEqual({ a: "s", b: "s" });
    const both = { [sealedFile]: sealed, [ours]: 'b = "o"\n' };
    expect((await read(both, { ageKey: key })).forAuthors).toEqual({ a: "s", b: "o" });
    expect(await recipientsOf(key.split("\n").filter((line) => line.startsWith("AGE")))).toEqual([recipient]);
    expect(await refusal({ [sealedFile]: sealed }, { ageKey: key, exposure: "tracked" })).toBe("");
  });

  test("says what is missing: a key, the right key, or its own bytes; and names a line without its text", async () => {
    const [mine, other] = [await newAgeKey(), await newAgeKey()];
    const sealed = { [sealedFile]: await seal("a = 1\nb = hunter2\n", [mine.recipient]) };
    expect(await refusal(sealed)).toMatch(/is sealed.*age\.key.*STRONGROOM_AGE_KEY/s);
    expect(await refusal(sealed, { ageKey: other.text })).toMatch(/sealed for other keys/);
    expect(await refusal(sealed, { ageKey: "hunter2" })).toMatch(/STRONGROOM_AGE_KEY: expected an age key/);
    const message = await refusal(sealed, { ageKey: mine.text });
    expect(message).toContain("secrets.toml.age:2:");
    expect(message).not.toContain("hunter2");
    const cut = { [sealedFile]: (sealed[sealedFile] ?? "").replace(/\n[^\n]{20}/, "\nAAAAAAAAAAAAAAAAAAAA") };
    expect(await refusal(cut, { ageKey: mine.text })).toMatch(/cannot be opened/);
  });
});

test("a file that git tracks, or would take up, stops the start with what mends it", async () => {
  expect(await refusal({ [ours]: "a = 1\n" }, { exposure: "tracked" })).toMatch(
    /tracked by git.*git -C .*rm --cached --force secrets\.toml/s,
  );
  expect(await refusal({ [ours]: "a = 1\n" }, { exposure: "not-ignored" })).toMatch(
    /not ignored.*echo secrets\.toml >> .*\.gitignore/s,
  );
});

test.skipIf(process.platform === "win32")(
  "a file that others can reach and read stops the start",
  async () => {
    const openTo =
      (mode: number, group?: number) =>
      (folder: string): void => {
        chmodSync(folder, 0o755);
        chmodSync(join(folder, ours), mode);
        if (group !== undefined) chownSync(join(folder, ours), process.getuid?.() ?? 0, group);
      };
    const read = { [ours]: "a = 1\n" };
    expect(await refusal(read, { prepare: openTo(0o644) })).toMatch(/chmod 600 .*secrets\.toml/);
    expect(await refusal(read, { prepare: openTo(0o600) })).toBe("");
    // Behind a closed folder its own mode opens nothing.
    expect(await refusal(read)).toBe("");
    // Only root may give a file to a group that it is not in.
    if (process.getuid?.() === 0)
      expect(await refusal(read, { prepare: openTo(0o640, 12_345) })).toMatch(/other users/);
  },
);

test.each([
  ['KEY = "hunter2\n', "secrets.toml:1:"],
  ['a = 1\nb = ["hunter2", inf]\n', "secrets.toml:2"],
  ['[connections]\nshop = "hunter2"\n', "secrets.toml:2"],
])("what is wrong with %j is told by its place alone", async (text, place) => {
  const message = await refusal({ [ours]: text });
  expect(message).toContain(place);
  expect(message).not.toContain("hunter2");
});
