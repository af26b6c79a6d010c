import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { fillEnvironment } from "./environment.ts";
import { provideSecrets } from "./secrets.ts";
import { st } from "../st.ts";
import { openPage, type Page } from "../testing/testing.ts";

describe("secrets", () => {
  const open = (script: () => void): Promise<Page> =>
    openPage(script, { secrets: { API_KEY: "k", db: { user: "u", deep: { port: 5432 } }, list: [1] } });

  test("are read by name, at any depth, with and without a default", async () => {
    const seen: unknown[] = [];
    await using page = await open(() => {
      const { secrets } = st;
      seen.push(secrets.API_KEY, secrets.db?.user, secrets.db?.deep?.port, secrets.list);
      seen.push(
        secrets.get("API_KEY", "other"),
        secrets.get("NONE", "other"),
        secrets.get("toString", "other"),
      );
      seen.push("API_KEY" in secrets, "toString" in secrets, Object.keys(secrets));
    });
    expect(page.errors).toEqual([]);
    expect(seen).toEqual([
      "k",
      "u",
      5432,
      [1],
      "k",
      "other",
      "other",
      true,
      false,
      ["API_KEY", "db", "list"],
    ]);
  });

  test.each([
    ["at the top", () => st.secrets.API_KEE, /"API_KEE" was not found.*secrets\.toml/],
    [
      "in a section",
      () => st.secrets.db?.deep?.password,
      /"db\.deep\.password" was not found.*with a default: st\.secrets\.db\.deep\.get\("password", …\)/,
    ],
    [
      "that every object inherits",
      () => st.secrets["hasOwnProperty" as "x"],
      /"hasOwnProperty" was not found/,
    ],
  ])("that are missing %s say how to add them", async (_, read, expected) => {
    await using page = await open(() => void read());
    expect(page.find("exception").props["message"]).toMatch(expected);
  });

  test("are shown by their names alone, however they are printed", async () => {
    const printed: unknown[] = [];
    await using page = await open(() => {
      const { secrets } = st;
      printed.push(
        inspect(secrets),
        inspect({ secrets }),
        String(secrets as unknown),
        `${secrets.db}`,
        JSON.stringify(secrets),
      );
      printed.push(
        inspect(secrets.db),
        inspect(secrets, { showHidden: true, depth: 9 }),
        String(Object.entries),
      );
      st.write(secrets);
      st.json({ nested: [secrets] });
    });
    expect(page.errors).toEqual([]);
    expect(page.findAll("json").map(({ props }) => props["text"])).toEqual([
      '{"API_KEY":"•••","db":{"user":"•••","deep":{"port":"•••"}},"list":"•••"}',
      '{"nested":[{"API_KEY":"•••","db":{"user":"•••","deep":{"port":"•••"}},"list":"•••"}]}',
    ]);
    for (const text of printed.slice(0, -1)) {
      expect(text).toMatch(/user/);
      expect(text).not.toMatch(/'k'|"k"|5432|'u'|"u"/);
    }
  });

  test("come as plain data when that is asked for, as a copy", async () => {
    let copy: Record<string, unknown> = {};
    await using page = await open(() => {
      copy = st.secrets.toDict();
      copy["API_KEY"] = "changed";
      if (st.secrets.API_KEY !== "k" || st.secrets.db?.user !== "u") throw new Error("It was no copy.");
    });
    expect(page.errors).toEqual([]);
    expect(copy).toEqual({ API_KEY: "changed", db: { user: "u", deep: { port: 5432 } }, list: [1] });
  });

  test("cannot be changed", async () => {
    const changes: (() => unknown)[] = [
      () => ((st.secrets as Record<string, unknown>)["API_KEY"] = "x"),
      () => ((st.secrets.db as unknown as Record<string, unknown>)["user"] = "x"),
      () => (st.secrets.list as unknown as number[]).push(2),
      () => delete (st.secrets as Record<string, unknown>)["API_KEY"],
      () => Object.defineProperty(st.secrets, "x", { value: 1 }),
      () => Object.setPrototypeOf(st.secrets, {}) as unknown,
    ];
    let thrown = 0;
    await using page = await open(() => {
      for (const change of changes) {
        try {
          change();
        } catch (error) {
          if (error instanceof TypeError) thrown++;
        }
      }
    });
    expect([page.errors, thrown]).toEqual([[], changes.length]);
  });

  test("can be read before any run, by modules that load", () => {
    provideSecrets({ values: { EARLY: "e" }, places: ["/app/.strongroom/secrets.toml"] });
    expect(st.secrets["EARLY"]).toBe("e");
    expect(() => st.secrets["EARLI"]).toThrow(
      'The secret "EARLI" was not found. Did you mean "EARLY"? Searched: /app/.strongroom/secrets.toml. Add EARLI = "…" above all sections of /app/.strongroom/secrets.toml',
    );
    provideSecrets({ values: {}, places: [] });
  });

  test("above all sections stand in the environment, without those that change how programs run", () => {
    fillEnvironment({
      SR_TEXT: "t",
      SR_PORT: 1,
      SR_ON: true,
      SR_SECTION: { a: "b" },
      NODE_OPTIONS: "x",
      "a b": "c",
    });
    const { SR_TEXT, SR_PORT, SR_ON, SR_SECTION, NODE_OPTIONS } = process.env;
    expect([SR_TEXT, SR_PORT, SR_ON, SR_SECTION, NODE_OPTIONS === "x"]).toEqual([
      "t",
      "1",
      undefined,
      undefined,
      false,
    ]);
    delete process.env["SR_TEXT"];
    delete process.env["SR_PORT"];
  });
});
