import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { packageRoot, root } from "../../tools/paths.ts";

const page = readFileSync(join(root, "docs/security/risks.md"), "utf8");

/** What stands in backticks in a column of a chapter's table. */
function named(chapter: string, column: number): readonly string[] {
  const [, after = ""] = page.split(`\n## ${chapter}\n`);
  const rows = (after.split("\n## ")[0] ?? "").split("\n").filter((line) => line.startsWith("| "));
  return rows
    .slice(2)
    .flatMap((row) =>
      Array.from((row.split(" | ")[column] ?? "").matchAll(/`([^`]+)`/g), ([, one = ""]) => one),
    );
}

test("every limit is in the list of what takes time or room, and the list names no option that there is not", () => {
  const reference = readFileSync(join(root, "docs/reference/config.md"), "utf8");
  const options = new Set<string>();
  let section = "";
  for (const line of reference.split("\n")) {
    section = /^## `?\[([a-z.]+)\]/i.exec(line)?.[1] ?? section;
    const [, name] = /^\| `(\w+)` \|/.exec(line) ?? [];
    if (name !== undefined) options.add(`${section}.${name}`);
  }
  const listed = named("What takes time or room", 2).filter((one) => one.includes("."));
  expect(listed.filter((one) => !options.has(one))).toEqual([]);
  // A header is not dear, and is read before anything is known.
  const limits = [...options].filter((one) => one.startsWith("limits.") && one !== "limits.headerBytes");
  expect(limits.length).toBeGreaterThan(10);
  expect(limits.filter((one) => !listed.includes(one))).toEqual([]);
});

test("dangerous work is where the list says", () => {
  const places = named("Dangerous work, and where it is kept", 1);
  expect(places.length).toBeGreaterThan(6);
  expect(places.filter((place) => !existsSync(join(packageRoot, "src", place)))).toEqual([]);
});

test("every package that is installed, or that an app may add, is judged, and no other", () => {
  const { dependencies, peerDependencies } = JSON.parse(
    readFileSync(join(packageRoot, "package.json"), "utf8"),
  ) as Readonly<Record<"dependencies" | "peerDependencies", object>>;
  const all = [...Object.keys(dependencies), ...Object.keys(peerDependencies)];
  expect(named("Packages", 0).toSorted()).toEqual(all.toSorted());
});

test("each class of data says how it is kept, logged, shown and forgotten", () => {
  const [, after = ""] = page.split("\n## Data, by how it is to be kept\n");
  const rows = after
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .slice(2);
  expect(rows.length).toBeGreaterThan(3);
  for (const row of rows)
    expect(
      row.split(" | ").filter((cell) => cell.trim() !== ""),
      row,
    ).toHaveLength(6);
});
