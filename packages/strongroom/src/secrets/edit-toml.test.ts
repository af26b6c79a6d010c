import { parse } from "smol-toml";
import { expect, test } from "vitest";
import { withKey, withoutKey } from "./edit-toml.ts";

const file = `# The app's own.

API_KEY = "old" # from the console
long = """
many
lines"""
list = [
  1, # one
  2,
]

# Mail.
[mail]
user = 'u'
port = 25

[connections.shop] # theirs
password="p"
`;

test.each([
  [["API_KEY"], 'API_KEY = "n\\"w" # from the console'],
  [["long"], 'long = "n\\"w"'],
  [["list"], 'list = "n\\"w"'],
  [["mail", "user"], 'user = "n\\"w"'],
  [["mail", "port"], 'port = "n\\"w"'],
  [["connections", "shop", "password"], 'password="n\\"w"'],
  [["NEW"], 'NEW = "n\\"w"'],
  [["mail", "new"], 'new = "n\\"w"'],
  [["other", "new key"], '[other]\n"new key" = "n\\"w"'],
])("sets %j, and changes nothing else", (path, line) => {
  const changed = withKey(file, path, 'n"w');
  expect(changed).toContain(line);
  const comments = (text: string): unknown => text.match(/#.*$/gm)?.filter((found) => !found.includes("one"));
  expect(comments(changed)).toEqual(comments(file));
  const value = path.reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], parse(changed));
  expect(value).toBe('n"w');
  if (path[0] !== "other") expect(withoutKey(changed, path)).toBe(withoutKey(withKey(file, path, "x"), path));
});

test("a new key stands in its section, before what belongs to the next", () => {
  expect(withKey(file, ["NEW"], "x")).toContain(']\nNEW = "x"\n\n# Mail.\n[mail]');
  expect(withKey(file, ["mail", "new"], "x")).toContain('port = 25\nnew = "x"\n\n[connections.shop]');
  expect(withKey("", ["a"], "x")).toBe('a = "x"\n');
  expect(withKey("[s]\n", ["a"], "x")).toBe('a = "x"\n\n[s]\n');
  expect(withKey("# about\n\n# s\n[s]\n", ["a"], "x")).toBe('# about\na = "x"\n\n# s\n[s]\n');
  expect(withKey("a = 1", ["s", "b"], "x")).toBe('a = 1\n\n[s]\nb = "x"\n');
});

test.each([
  ["", ["API_KEY"]],
  ["a.b = 1\n", ["a", "b"]],
  ["a = { b = 1 }\n", ["a", "b"]],
  ["[[a]]\nb = 1\n", ["a", "b"]],
  ['t = """\nK = 1\n"""\n', ["K"]],
  ["a = 1\n", ["a", "b"]],
])("never writes what means something else: %j", (text, path) => {
  try {
    const changed = withKey(text, path, "x");
    const value = path.reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], parse(changed));
    expect(value).toBe("x");
  } catch (error) {
    expect(String(error)).toMatch(/only a person can change/);
  }
});

test.each(["\u007f", "line\nline", "\u0000\u001f", "é 𝔘", '"""', "'", "\\", "#", "${x}"])(
  "keeps %j",
  (value) => {
    expect(parse(withKey(file, ["mail", "odd"], value))).toMatchObject({ mail: { odd: value } });
  },
);

test("takes a key out, with all lines of its value", () => {
  expect(withoutKey(file, ["list"])).toBe(file.replace(/list = \[[^\]]*\]\n/, ""));
  expect(withoutKey(file, ["connections", "shop", "password"])).toBe(file.replace('password="p"\n', ""));
  expect(withoutKey(file, ["none"])).toBeUndefined();
  expect(withoutKey(file, ["mail", "none"])).toBeUndefined();
});
