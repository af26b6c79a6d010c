import { createPublicKey, verify, type JsonWebKey } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { packageRoot } from "../../tools/paths.ts";
import { start, type Program } from "../running/processes.ts";
import { Visitor } from "./browser-without-screen.ts";
import { signInAs } from "./played-sign-in.ts";

const script = `import { st } from "strongroom";
const api = st.connection("api", { type: "http" });
try {
  const { status, json } = await api.get("/me", { as: "viewer", ttl: "10m" });
  const { email, said } = json<{ email: string; said: string }>();
  st.text(\`asked as \${email}, status \${status}, said \${said}\`);
} catch (error) {
  st.text(\`refused \${error instanceof Error && "code" in error ? error.code : ""}: \${error instanceof Error ? error.message : ""}\`);
}
`;

/** A service that judges tokens by the keys of whoever signed them, and repeats what it was told. */
const tokens: string[] = [];
const service = createServer((request, response) => {
  const token = (request.headers.authorization ?? "").replace("Bearer ", "");
  tokens.push(token);
  void isSigned(token).then((fits) => {
    if (fits) response.end(JSON.stringify({ email: said(token).email, said: token }));
    else response.writeHead(401).end("{}");
  });
});

function said(token: string): { readonly iss: string; readonly email: string } {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as never; // the provider's own words
}

async function isSigned(token: string): Promise<boolean> {
  const [head, body, signature = ""] = token.split(".");
  const { keys } = (await (await fetch(`${said(token).iss}/keys`)).json()) as { keys: readonly JsonWebKey[] };
  const [jwk] = keys;
  if (jwk === undefined) return false;
  const key = createPublicKey({ key: jwk, format: "jwk" });
  const text = Buffer.from(`${head}.${body}`);
  return verify("sha256", text, { key, dsaEncoding: "ieee-p1363" }, Buffer.from(signature, "base64url"));
}

const folder = mkdtempSync(join(tmpdir(), "strongroom-as-viewer-"));
const run = (...flags: readonly string[]): Program =>
  start(process.execPath, [
    join(packageRoot, "bin", "strongroom.mjs"),
    "run",
    join(folder, "app.ts"),
    "--port",
    "0",
    ...flags,
  ]);
const originOf = async (program: Program): Promise<string> =>
  (await program.line(/^ready (http:\S+)$/))[1] ?? "";
/** The text of the app's one element, as the first view has it. */
const shownTo = async (visitor: Visitor, origin: string): Promise<string> => {
  const { body } = await visitor.go(`${origin}/`);
  return /(?:asked|refused)[^<"]*/.exec(body)?.[0] ?? body;
};

beforeAll(async () => {
  await new Promise<void>((resolve) => service.listen(0, "127.0.0.1", resolve));
  const { port } = service.address() as AddressInfo; // bound to a port
  mkdirSync(join(folder, ".strongroom"));
  writeFileSync(join(folder, "app.ts"), script);
  writeFileSync(
    join(folder, ".strongroom", "config.toml"),
    `[access]\nallow = "anyone"\n[auth]\nprovider = "development"\n[runner]\nworkers = 1
[connections.api]\ntype = "http"\nurl = "http://127.0.0.1:${port}"\n`,
  );
});
afterAll(() => {
  service.closeAllConnections();
  service.close();
  rmSync(folder, { recursive: true, force: true });
});

test("a service is asked as who has signed in, its answer kept for them alone, and no page holds a token", async () => {
  await using program = run();
  const origin = await originOf(program);
  using alice = new Visitor();
  using bob = new Visitor();
  expect(await shownTo(alice, origin)).toMatch(
    /^refused ERR_NO_IDENTITY: Nobody is signed in.*st\.login\(\)/,
  );
  expect(tokens).toEqual([]);
  await signInAs(alice, origin, { email: "alice@example.com" });
  await signInAs(bob, origin, { email: "bob@example.com" });
  expect(await shownTo(alice, origin)).toBe("asked as alice@example.com, status 200, said •••");
  expect(await shownTo(bob, origin)).toBe("asked as bob@example.com, status 200, said •••");
  expect(await shownTo(alice, origin)).toBe("asked as alice@example.com, status 200, said •••");
  expect(tokens.map((token) => said(token).email)).toEqual(["alice@example.com", "bob@example.com"]);
  // Signed out, what was kept is nobody's.
  const headers = { origin, "sec-fetch-site": "same-origin" };
  const { body } = await alice.go(`${origin}/_strongroom/ticket`, { method: "POST", headers });
  const { ticket } = JSON.parse(body) as { ticket: string };
  await alice.go(`${origin}/_strongroom/logout?ticket=${ticket}`, { method: "POST", headers });
  expect(await shownTo(alice, origin)).toMatch(/^refused ERR_NO_IDENTITY/);
});

test("--as gives nobody a token, and says what does", async () => {
  await using program = run("--as", "alice@example.com");
  using visitor = new Visitor();
  expect(await shownTo(visitor, await originOf(program))).toMatch(
    /^refused ERR_NO_IDENTITY: .*--as names somebody/,
  );
});
