import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { packageRoot } from "../../tools/paths.ts";

const source = join(packageRoot, "src");
const list = readFileSync(join(packageRoot, "../../docs/security/keys.md"), "utf8");
/** What makes a key, derives one, or works with one. */
const making =
  /\b(?:hkdfSync|hkdf|pbkdf2|pbkdf2Sync|scrypt|scryptSync|createHmac|generateKeyPairSync|generateKeyPair|generateKeySync|generateKey|generate\w*Identity|createSecretKey|importKey|deriveKey|deriveBits)\(|\b\w*[kK]ey\b\s*[:=]\s*randomBytes\(/;
const label = /"(strongroom [a-z ]+ \d+)"/g;
const files = readdirSync(source, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"))
  .map((path) => ({ path, text: readFileSync(join(source, path), "utf8") }));

function cells(column: number): readonly string[] {
  const [, table = ""] = list.split("## Keys that are made or derived");
  const rows = (table.split("## ")[0] ?? "").split("\n").filter((line) => line.startsWith("| "));
  return rows
    .slice(2)
    .map((row) => row.split(" | ")[column]?.replaceAll(/[`|]/g, "").trim() ?? "")
    .filter((cell) => cell !== "")
    .sort();
}

test("every place that makes or derives a key stands in the list of keys, and the list has no other", () => {
  const places = files.filter(({ text }) => making.test(text)).map(({ path }) => path);
  expect(cells(6)).toEqual(places.sort());
});

test("every label that keys are derived with stands in the list of keys, and the list has no other", () => {
  const labels = files.flatMap(({ text }) =>
    text.includes("hkdf") ? Array.from(text.matchAll(label), ([, found = ""]) => found) : [],
  );
  expect(cells(7)).toEqual(labels.sort());
});

test("the list says what becomes of each algorithm that quantum computers break", () => {
  const [before = "", plan = ""] = list.split("## After quantum computers");
  const broken = [...new Set(before.match(/X25519|ECDSA P-256|RSA[ -]\d*/g))];
  expect(broken).toEqual(["X25519", "ECDSA P-256"]);
  for (const part of [
    "**TLS.**",
    "`secrets.toml.age`",
    "Tokens of OpenID providers",
    "X25519MLKEM768",
    "ML-DSA",
  ])
    expect(plan).toContain(part);
});
