import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Finding } from "../../packages/strongroom/src/cli/check/finding.ts";
import { reportText } from "../../packages/strongroom/src/cli/check/report.ts";
import { rules } from "../../packages/strongroom/src/cli/check/rules.ts";
import { root } from "../../tools/paths.ts";
import { cases } from "./cases.ts";
import { makeApp } from "./made-app.ts";

/** Asks npm: it has a test of its own. */
const ofNpm = "CHK-DEPENDENCIES";

test("every rule has an id of its own, and an app in which it finds something", () => {
  const ids = rules.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(Object.keys(cases).toSorted()).toEqual(ids.filter((id) => id !== ofNpm).toSorted());
});

test.each(Object.entries(cases))(
  "%s is found where it stands, and only there",
  async (id, { bad, good, at }) => {
    using wrong = makeApp(bad);
    const { findings } = await wrong.look();
    const found = findings.filter((finding) => finding.id === id);
    expect(found.map(placeOf)).toEqual([at]);
    expect(found[0]?.fix).toMatch(/\w.*/);
    using right = makeApp(good);
    const clean = await right.look();
    expect(clean.findings.filter((finding) => finding.id === id)).toEqual([]);
  },
);

test("the checklist of the guide names every rule, and no other", () => {
  const guide = readFileSync(join(root, "docs/guides/before-you-go-live.md"), "utf8");
  const listed = Array.from(guide.matchAll(/^\| `(CHK-[A-Z-]+)` \|/gm), ([, id]) => id);
  expect(listed).toEqual(rules.map(({ id }) => id));
});

test("an app without a fault gives nothing but what was skipped", async () => {
  using app = makeApp(cases["CHK-NETWORK"]?.good ?? { files: {} });
  const report = await app.look();
  expect(report.findings).toEqual([]);
  expect(reportText(report)).toMatch(/^CHK-DEPENDENCIES was skipped: .*\nNothing found in \d files\.$/);
});

test("a line of the author's allows what is found there, with a reason and not without", async () => {
  const weak = `[access]\nallow = "signed-in"\n[runner]\n# strongroom-allow CHK-NETWORK: REASON\nnetwork = "host"\n`;
  const files = { "app.ts": "" };
  using app = makeApp({ files: { ...files, ".strongroom/config.toml": weak } });
  const report = await app.look();
  expect([report.findings, report.allowed]).toEqual([[], 1]);
  using silent = makeApp({ files: { ...files, ".strongroom/config.toml": weak.replace("REASON", "") } });
  expect((await silent.look()).findings).toHaveLength(1);
});

test("files that others can read, or that git tracks, are named with the command that mends them", async () => {
  const secrets = ".strongroom/secrets.toml";
  const files = { "app.ts": "", ".strongroom/config.toml": '[access]\nallow = "anyone"\n', [secrets]: "" };
  using open = makeApp({ files, open: [secrets] });
  expect((await open.look()).findings).toMatchObject([
    { id: "CHK-SECRET-FILE", file: secrets, fix: expect.stringContaining("chmod 600") as string },
  ]);
  using tracked = makeApp({ files, git: true });
  expect((await tracked.look()).findings).toMatchObject([
    { id: "CHK-SECRET-FILE", file: secrets, fix: expect.stringContaining("rm --cached") as string },
  ]);
});

test("a secret without quotes is found where such files are written so, and in examples of .env", async () => {
  const secret = ["aB3d", "E5gH7jK9"].join("");
  const files = {
    "app.ts": "",
    ".strongroom/config.toml": '[access]\nallow = "anyone"\n',
    "compose.yaml": `services:\r\n  db:\r\n    environment:\r\n      DB_PASSWORD: ${secret}\r\n`,
    "db.ini": `[db]\npassword = ${secret}\n`,
    Dockerfile: `ENV API_TOKEN=${secret}\n`,
    ".env.example": `API_TOKEN=${secret}\n`,
    "start.sh": `export API_TOKEN=${secret}\npassword: ${secret}\n`,
    "note.ts": `// password: ${secret}\n`,
  };
  using app = makeApp({ files });
  const { findings } = await app.look();
  const found = findings.filter(({ id }) => id === "CHK-SECRET-IN-CODE").map(placeOf);
  expect(found.toSorted()).toEqual([
    ".env.example:1",
    "Dockerfile:1",
    "compose.yaml:4",
    "db.ini:2",
    "start.sh:1",
  ]);
});

test("a report never holds a secret that it has found", async () => {
  const value = ["Tr0ub4dor", "and3", "x9Kp"].join("-");
  const files = {
    "app.ts": `const password = "${value}";\n`,
    "notes.md": `It is ${value}.\n`,
    ".strongroom/config.toml": "",
    ".strongroom/secrets.toml": `password = "${value}"\n`,
  };
  using app = makeApp({ files });
  const report = await app.look();
  expect(report.findings.filter(({ id }) => id === "CHK-SECRET-IN-CODE").map(placeOf)).toEqual([
    "app.ts:1",
    "notes.md:1",
  ]);
  expect(JSON.stringify(report)).not.toContain(value);
});

function placeOf({ file, line }: Finding): string {
  return line === undefined ? (file ?? "") : `${file}:${line}`;
}

test("a rule of a page that there is not is an error, and so is a page that is declared wrongly", async () => {
  const page = `import { st } from "strongroom";\nst.title("Reports");\n`;
  const files = {
    "app.ts": `import { st } from "strongroom";\nst.title("Hello");\n`,
    "pages/reports.ts": page,
    ".strongroom/config.toml": `[access]\nallow = "signed-in"\n[access.pages]\nreprots = ["group:finance"]\n`,
  };
  using app = makeApp({ files });
  const { findings } = await app.look();
  expect(findings).toMatchObject([{ id: "CHK-ACCESS", severity: "error" }]);
  expect(findings[0]?.problem).toContain("reprots");
  expect(findings[0]?.fix).toContain("reports");
  using right = makeApp({
    files: {
      ...files,
      ".strongroom/config.toml": files[".strongroom/config.toml"].replace("reprots", "reports"),
    },
  });
  expect((await right.look()).findings).toEqual([]);
  using wrong = makeApp({
    files: {
      ...files,
      "app.ts": `import { st } from "strongroom";\nst.page("pages/reports.ts");\n`,
      ".strongroom/config.toml": `[access]\nallow = "signed-in"\n`,
    },
  });
  expect((await wrong.look()).findings.map(placeOf)).toEqual(["app.ts:2"]);
});
