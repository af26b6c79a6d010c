import type { StandardSchemaV1 } from "@standard-schema/spec";
import { type } from "arktype";
import * as v from "valibot";
import { describe, expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import { st } from "../st.ts";
import { openPage, type Page } from "../testing/testing.ts";
import type { Validator } from "../worker/validate.ts";

/** The same schemas, by each library. */
const libraries = {
  zod: {
    adult: z.number().int("Whole years").min(18, "At least 18"),
    code: z.string().regex(/^[A-Z]{3}$/, "Three capitals"),
    length: z.string().transform((text) => text.length),
    order: z
      .object({ flight: z.string().min(2, "Too short"), late: z.number().max(60, "Too late") })
      .refine(({ flight, late }) => flight !== "none" || late === 0, "No flight is late"),
  },
  valibot: {
    adult: v.pipe(v.number(), v.integer("Whole years"), v.minValue(18, "At least 18")),
    code: v.pipe(v.string(), v.regex(/^[A-Z]{3}$/, "Three capitals")),
    length: v.pipe(
      v.string(),
      v.transform((text) => text.length),
    ),
    order: v.pipe(
      v.object({
        flight: v.pipe(v.string(), v.minLength(2, "Too short")),
        late: v.pipe(v.number(), v.maxValue(60, "Too late")),
      }),
      v.check(({ flight, late }) => flight !== "none" || late === 0, "No flight is late"),
    ),
  },
  arktype: {
    adult: type("number.integer >= 18").configure({ message: () => "At least 18" }),
    code: type("/^[A-Z]{3}$/").configure({ message: () => "Three capitals" }),
    length: type("string").pipe((text) => text.length),
    order: type({
      flight: type("string >= 2").configure({ message: () => "Too short" }),
      late: type("number <= 60").configure({ message: () => "Too late" }),
    }).narrow(({ flight, late }, ctx) =>
      flight !== "none" || late === 0 ? true : ctx.reject({ message: "No flight is late" }),
    ),
  },
} satisfies Record<string, Record<string, Validator>>;

const messageBeside = (page: Page, name: string): unknown => page.find(name).props["invalid"];

describe.each(Object.entries(libraries))("a schema of %s", (_, { adult, code, length, order }) => {
  test("judges a number: what does not fit stays in the field, with why, and never reaches the script", async () => {
    const seen: unknown[] = [];
    await using page = await openPage(() => void seen.push(st.numberInput("Age", { validate: adult })));
    expect(messageBeside(page, "numberInput")).toBeUndefined();
    await page.answer("Age", 17);
    expect(messageBeside(page, "numberInput")).toBe("At least 18");
    expect(page.find("numberInput").value).toBe(17);
    await page.answer("Age", 18);
    expect(messageBeside(page, "numberInput")).toBeUndefined();
    expect(seen).toEqual([undefined, undefined, 18]);
  });

  test("judges text, and says so again after a restore", async () => {
    const seen: unknown[] = [];
    await using page = await openPage(() => {
      seen.push(st.textInput("Code", { validate: code, key: "code" }), st.sessionState["code"]);
    });
    await page.answer("Code", "abc");
    await page.restore();
    expect(page.find("textInput")).toMatchObject({ value: "abc", props: { invalid: "Three capitals" } });
    await page.answer("Code", "ABC");
    expect(seen).toEqual([...Array.from({ length: 6 }, () => undefined), "ABC", "ABC"]);
  });

  test("makes of an answer what it says", async () => {
    const seen: unknown[] = [];
    await using page = await openPage(() => void seen.push(st.textArea("Story", { validate: length })));
    await page.answer("Story", "four");
    expect(seen).toEqual([0, 4]);
  });

  test("judges a form: issues stand beside the fields, and nothing is sent before all fits", async () => {
    const sent: unknown[] = [];
    const calls: string[] = [];
    const pressed: boolean[] = [];
    await using page = await openPage(() => {
      const answer = st.form(
        "order",
        (form) => {
          form.textInput("Flight", { key: "flight" });
          form.numberInput("Late", { key: "late" });
          pressed.push(form.formSubmitButton("Send", { onClick: () => calls.push("sent") }));
        },
        { validate: order },
      );
      if (answer !== undefined) sent.push(answer);
    });
    expect(page.find("textInput").props["invalid"]).toBeUndefined();
    await page.answer("Flight", "D");
    await page.answer("Late", 61);
    await page.press("Send");
    expect([messageBeside(page, "textInput"), messageBeside(page, "numberInput")]).toEqual([
      "Too short",
      "Too late",
    ]);
    await page.restore();
    expect(messageBeside(page, "numberInput")).toBe("Too late");
    await page.answer("Flight", "none");
    await page.answer("Late", 5);
    await page.press("Send");
    expect(page.find("form").props["invalid"]).toEqual(["No flight is late"]);
    expect([sent, calls, pressed.includes(true)]).toEqual([[], [], false]);
    await page.answer("Flight", "DL 1");
    await page.press("Send");
    expect([sent, calls, pressed.at(-1)]).toEqual([[{ flight: "DL 1", late: 5 }], ["sent"], true]);
    expect(page.find("form").props["invalid"]).toBeUndefined();
    await page.goToQuery("again=1");
    expect(sent).toHaveLength(1);
  });
});

describe("a field with `validate`", () => {
  test("that is empty says nothing: that is a matter of `required`", async () => {
    const seen: unknown[] = [];
    await using page = await openPage(() => {
      seen.push(st.textInput("Mail", { validate: z.email() }));
      seen.push(st.numberInput("Age", { value: null, validate: z.number().min(18) }));
      seen.push(st.textInput("Note", { validate: z.string() }));
    });
    expect(seen).toEqual([undefined, undefined, ""]);
    await page.answer("Mail", "x");
    await page.answer("Mail", "");
    expect(messageBeside(page, "textInput")).toBeUndefined();
  });

  test("keeps its form from being sent", async () => {
    const sent: unknown[] = [];
    await using page = await openPage(() => {
      st.form("who", (form) => {
        const age = form.numberInput("Age", { validate: z.number().min(18, "At least 18") });
        if (form.formSubmitButton("Send")) sent.push(age);
      });
    });
    // Never touched, but sent.
    await page.press("Send");
    expect(messageBeside(page, "numberInput")).toBe("At least 18");
    await page.answer("Age", 20);
    await page.press("Send");
    expect(sent).toEqual([20]);
  });

  test("below the button of its form is refused: the button could not know of it", async () => {
    await using page = await openPage(() => {
      st.form("who", (form) => {
        form.formSubmitButton("Send");
        form.textInput("Mail", { validate: z.email() });
      });
    });
    expect(page.errors).toEqual([expect.objectContaining({ code: "ERR_BAD_OPTION" })]);
    expect(String(page.errors)).toContain("above the form's submit button");
  });

  test("tells its author what a schema must be", async () => {
    const slow: Validator = {
      "~standard": { version: 1, vendor: "own", validate: () => Promise.reject(new Error("late")) },
    };
    const broken: Validator = {
      "~standard": {
        version: 1,
        vendor: "own",
        validate: () => {
          throw new TypeError("Broken schema");
        },
      },
    };
    const messages = [];
    for (const validate of [slow, broken, { parse: () => 1 } as unknown as Validator]) {
      await using page = await openPage(() => st.textInput("Name", { validate }));
      messages.push(page.find("exception").props["message"]);
    }
    expect(messages).toEqual([
      expect.stringContaining("answers at once"),
      "Broken schema",
      expect.stringContaining("Standard Schema"),
    ]);
  });

  test("whose schema throws at an answer goes on with the next", async () => {
    const validate: Validator<string> = {
      "~standard": {
        version: 1,
        vendor: "own",
        validate(value) {
          if (value === "x") throw new TypeError("Broken schema");
          return { value: String(value) };
        },
      },
    };
    await using page = await openPage(() => {
      st.form("who", (form) => {
        form.textInput("Name", { validate, key: "name" });
        form.formSubmitButton("Send", { onClick: () => undefined });
      });
      st.text("below");
    });
    await page.answer("Name", "x");
    await page.press("Send");
    expect(page.find("exception").props["message"]).toBe("Broken schema");
    await page.restore();
    expect(page.has("exception")).toBe(true);
    await page.answer("Name", "y");
    await page.forge({ values: { "textInput#name": "y" } });
    expect(page.has("text", "below")).toBe(true);
  });
});

describe("a pattern", () => {
  test("is looked for in what was typed, with its own words", async () => {
    const seen: unknown[] = [];
    await using page = await openPage(() => {
      seen.push(st.textInput("Code", { validate: [/^[a-z]+$/g, "Small letters"] }));
    });
    for (const text of ["ok", "No", "ok", ""]) await page.answer("Code", text);
    expect(seen).toEqual(["", "ok", undefined, "ok", ""]);
    expect(page.findAll("textInput").map(({ props }) => props["invalid"])).toEqual([undefined]);
  });

  test("that would try for years is given up, and the page goes on", async () => {
    const seen: unknown[] = [];
    await using page = await openPage(() => {
      seen.push(st.textInput("Code", { validate: /^(a+)+$/ }));
    });
    await page.answer("Code", `${"a".repeat(60)}!`);
    expect(messageBeside(page, "textInput")).toBe("This is not written as expected");
    await page.answer("Code", "aa");
    expect(seen).toEqual(["", undefined, "aa"]);
  });
});

test("any schema of the specification will do", () => {
  expectTypeOf<StandardSchemaV1<string, number>>().toExtend<Validator<string, number>>();
});

test("the schema gives the answer its type", () => {
  const { zod } = libraries;
  const number = () => st.numberInput("Age", { validate: z.number().int().min(18) });
  const text = () => st.textInput("Code", { validate: zod.length });
  const choice = () => st.textInput("Size", { value: null, validate: z.enum(["S", "M"]) });
  const pattern = () => st.textInput("Code", { value: null, validate: /x/ });
  const coerced = () => st.textInput("Day", { validate: z.coerce.date() });
  const ark = () => st.textInput("Code", { validate: type("'a' | 'b'") });
  const vali = () => st.textArea("Code", { validate: libraries.valibot.length });
  const sent = () => st.form("f", (form) => form.textInput("Flight"), { validate: zod.order });
  const later = () => st.form("f", async (form) => form.textInput("Flight"), { validate: zod.order });
  expectTypeOf(number).returns.toEqualTypeOf<number | undefined>();
  expectTypeOf(text).returns.toEqualTypeOf<number | undefined>();
  expectTypeOf(choice).returns.toEqualTypeOf<"S" | "M" | undefined>();
  expectTypeOf(pattern).returns.toEqualTypeOf<string | null | undefined>();
  expectTypeOf(coerced).returns.toEqualTypeOf<Date | undefined>();
  expectTypeOf(ark).returns.toEqualTypeOf<"a" | "b" | undefined>();
  expectTypeOf(vali).returns.toEqualTypeOf<number | undefined>();
  expectTypeOf(sent).returns.toEqualTypeOf<{ flight: string; late: number } | undefined>();
  expectTypeOf(later).returns.toEqualTypeOf<Promise<{ flight: string; late: number } | undefined>>();
  // @ts-expect-error -- This schema takes no number
  const wrong = () => st.numberInput("Age", { validate: z.string() });
  void wrong;
});
