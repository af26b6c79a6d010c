/** What holds for every element: each example is a page here, and each widget on it is answered, honestly and not. */
import { readdirSync, readFileSync } from "node:fs";
import { transformSync } from "esbuild";
import { describe, expect, test } from "vitest";
import { st } from "../st.ts";
import { candidates, hostile } from "../testing/answers.ts";
import { openPage, type Element, type Page } from "../testing/testing.ts";
import { isEmptyAnswer } from "../wire/empty-answer.ts";
import { decode, type Json } from "../wire/schema.ts";
import type { ElementSpec, WidgetSpec } from "../wire/spec.ts";
import * as functions from "./functions.ts";

type Name = keyof typeof functions;
type St = typeof st;
type Call = (...args: unknown[]) => unknown;
type Example = (st: St) => Promise<void>;

/** Errors of examples have no place in it: their code is not a file. */
const appFolder = "/app";
const here = new URL(".", import.meta.url);
/** The registry as a value: its members are asked for by name. */
const registry = { ...functions };
const names = Object.keys(registry) as Name[];
const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const specs = new Map<string, ElementSpec | WidgetSpec>();
for (const element of Object.values(registry)) {
  for (const spec of element.specs) specs.set(spec.kind, spec as unknown as ElementSpec);
}

function widgetOf(kind: string): WidgetSpec | undefined {
  const spec = specs.get(kind);
  return spec !== undefined && "value" in spec ? spec : undefined;
}

/** An example as a function that runs again and again, with the `st` that it is given. */
async function exampleOf(name: Name): Promise<Example> {
  const source = readFileSync(new URL(`${kebab(name)}/${kebab(name)}.example.ts`, here), "utf8");
  const { code } = transformSync(source, { loader: "ts", target: "es2024" });
  const body = code.replace(/^import \{ st \} from "strongroom";$/m, "");
  const module = `export default async (st) => {${body}};`;
  const { default: example } = (await import(`data:text/javascript,${encodeURIComponent(module)}`)) as {
    default: Example;
  };
  return example;
}

/** An example whose elements of that name are widgets. */
async function widgetExampleOf(name: Name): Promise<Example> {
  const example = await exampleOf(name);
  const more = asWidget[name];
  if (more === undefined) return example;
  return (plain) => example(withCall(name, (original, args) => original(...withOptions(args, more)), plain));
}

/** An `st` one of whose functions is called otherwise. */
function withCall(name: Name, call: (original: Call, args: unknown[]) => unknown, base: St = st): St {
  const original = base[name] as Call;
  return Object.create(base, { [name]: { value: (...args: unknown[]) => call(original, args) } }) as St;
}

/** The arguments with more in their options, which come last. */
function withOptions(args: readonly unknown[], more: object): unknown[] {
  const last = args.at(-1);
  const hasOptions = args.length > 1 && typeof last === "object" && last !== null && !Array.isArray(last);
  return hasOptions ? [...args.slice(0, -1), { ...last, ...more }] : [...args, more];
}

/** Elements that show on the page what a function of this name can show. */
function shownBy(page: Page, name: Name): readonly Element[] {
  return registry[name].specs.flatMap(({ kind }) => page.findAll(kind));
}

function widgetsOn(page: Page): readonly Element[] {
  return [...specs.keys()]
    .flatMap((kind) => page.findAll(kind))
    .filter((element) => widgetOf(element.kind) !== undefined);
}

const isDisabled = ({ props }: Element): boolean => props["disabled"] === true;
const isAnswered = (kind: string): boolean =>
  widgetOf(kind) !== undefined && widgetOf(kind)?.trigger !== true;
/** A widget stands first among what its function shows. */
const widgetNames = names.filter((name) => widgetOf(registry[name].specs[0].kind) !== undefined);
const answeredNames = widgetNames.filter((name) => isAnswered(registry[name].specs[0].kind));
/** What an element needs to be a widget, where it is one at its author's wish only. */
const asWidget: Partial<Record<Name, object>> = {
  expander: { onChange: "rerun" },
  tabs: { onChange: "rerun" },
  dataframe: { onSelect: "rerun", selectionMode: ["multi-row", "multi-column", "multi-cell"] },
};
/** Widgets that stand in forms only, or nowhere in them. */
const formOnly: readonly Name[] = ["formSubmitButton"];
const neverInForm: readonly Name[] = ["form", "button", "downloadButton", "formSubmitButton", "container"];
/** What can be empty, and so may be `required`. */
const emptiable = [
  "checkbox",
  "dateInput",
  "multiselect",
  "numberInput",
  "radio",
  "selectbox",
  "textArea",
  "textInput",
  "toggle",
] as const satisfies readonly Name[];
/** What is no input. */
const neverBound: readonly Name[] = [
  "audioInput",
  "cameraInput",
  "dataframe",
  "expander",
  "fileUploader",
  "tabs",
];
/** What has nothing to disable. */
const neverDisabled: readonly Name[] = [...formOnly, "dataframe", "expander", "tabs"];

/** True where an element that may be a widget is one. */
function isAsked({ kind, props, value }: Element): boolean {
  const spec = widgetOf(kind);
  return (
    spec !== undefined && (spec.trigger === true || value !== null || decode(spec.value(props), value).ok)
  );
}

function fitting(element: Element): readonly Json[] {
  const schema = widgetOf(element.kind)?.value(element.props);
  const fits = candidates(element).filter((value) => schema !== undefined && decode(schema, value).ok);
  return fits.filter(
    (value, index) => fits.findIndex((other) => JSON.stringify(other) === JSON.stringify(value)) === index,
  );
}

/** Plain data with its answers and without the handles of bytes, which each worker makes anew. */
function comparable(elements: readonly Element[]): unknown {
  return JSON.parse(JSON.stringify(elements).replaceAll(/"[A-Za-z0-9_-]{43}"/g, '"handle"')) as unknown;
}

test("every folder has a function of its name, and every function a folder", () => {
  const folders = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(names.map(kebab).sort()).toEqual(folders.map((entry) => entry.name).sort());
});

describe.each(names)("st.%s", (name) => {
  test("shows in its example what its specs say, as data that they take", async () => {
    const example = await exampleOf(name);
    await using page = await openPage(() => example(st), { appFolder });
    expect(page.errors).toEqual([]);
    // What shows only that something goes on is gone by now.
    const shown = JSON.stringify(page.messages);
    expect(registry[name].specs.some(({ kind }) => shown.includes(`"${kind}"`))).toBe(true);
    for (const [kind, spec] of specs) {
      for (const { props, value } of page.findAll(kind)) {
        expect(decode(spec.props, props)).toEqual({ ok: true, value: props });
        const held = widgetOf(kind);
        if (value !== null && held !== undefined)
          expect(decode(held.value(props), value)).toEqual({ ok: true, value });
        if (held === undefined || held.trigger === true) expect(value).toBeNull();
      }
    }
  });

  test("shown again by the same script sends nothing", async () => {
    const example = await exampleOf(name);
    await using page = await openPage(() => example(st), { appFolder });
    const { length } = page.messages;
    const before = page.tree();
    await page.goToQuery("again=1");
    expect(page.tree()).toEqual(before);
    // A script that waits shows in between what it has.
    if (length === 1) expect(page.messages.at(-1)).toMatchObject({ t: "patch", ops: [], done: 1 });
  });

  test("is the same page after a restore", async () => {
    const example = await exampleOf(name);
    await using page = await openPage(() => example(st), { appFolder });
    const before = comparable(page.tree());
    await page.restore();
    expect(comparable(page.tree())).toEqual(before);
  });

  test.skipIf(formOnly.includes(name))(
    "stands in a column and at the side as it does on the page",
    async () => {
      const example = await exampleOf(name);
      const inColumn = withCall(name, (_, args) =>
        (st.columns(1)[0] as unknown as Record<Name, Call>)[name](...args),
      );
      const atSide = withCall(name, (_, args) =>
        (st.sidebar as unknown as Record<Name, Call>)[name](...args),
      );
      await using plain = await openPage(() => example(st), { appFolder });
      await using column = await openPage(() => example(inColumn));
      await using side = await openPage(() => example(atSide));
      expect([column.errors, side.errors]).toEqual([[], []]);
      const count = shownBy(plain, name).length;
      expect(shownBy(side, name)).toHaveLength(count);
      if (name !== "columns") expect(shownBy(column, name)).toHaveLength(count);
    },
  );

  test.skipIf(neverInForm.includes(name))("stands in a form, which brings its answer", async () => {
    const example = await exampleOf(name);
    let forms = 0;
    const inForm = withCall(name, (_, args) => {
      const form = st.form(`form ${++forms}`);
      const result = (form as unknown as Record<Name, Call>)[name](...args);
      form.formSubmitButton("Send it");
      return result;
    });
    await using page = await openPage(() => {
      forms = 0;
      return example(inForm);
    });
    expect(page.errors).toEqual([]);
    for (const element of shownBy(page, name)) {
      if (!isAsked(element) || isDisabled(element)) continue;
      for (const value of fitting(element).slice(0, 2)) {
        await page.answer(element.id, value);
        const submit =
          page.findAll("formSubmitButton")[shownBy(page, name).findIndex(({ id }) => id === element.id)];
        await page.press(submit?.id ?? "");
        expect(shownBy(page, name).find(({ id }) => id === element.id)?.value).toEqual(value);
      }
    }
  });
});

describe.each(widgetNames)("the widget st.%s", (name) => {
  test("takes every answer that fits its declaration", async () => {
    const example = await widgetExampleOf(name);
    await using page = await openPage(() => example(st), { appFolder });
    const widgets = shownBy(page, name).filter((element) => isAsked(element) && !isDisabled(element));
    expect(widgets.length).toBeGreaterThan(0);
    for (const { id, kind } of widgets) {
      const element = page.element(id);
      const values = fitting(element);
      expect(values.length).toBeGreaterThan(0);
      for (const value of values.slice(0, 12)) {
        const event = isAnswered(kind) ? { values: { [id]: value } } : { trigger: { id, value } };
        expect(await page.forge(event)).toEqual({ taken: true });
        expect(page.errors).toEqual([]);
        if (isAnswered(kind)) expect(page.element(id).value).toEqual(value);
      }
    }
  });

  test("refuses every answer that does not, before any code of the author runs", async () => {
    const example = await widgetExampleOf(name);
    let runs = 0;
    await using page = await openPage(async () => {
      runs++;
      await example(st);
    });
    const before = page.tree();
    for (const { id, kind, props } of widgetsOn(page)) {
      const schema = widgetOf(kind)?.value(props);
      for (const value of hostile(page.element(id))) {
        if (schema !== undefined && decode(schema, value).ok) continue;
        const events = [
          { values: { [id]: value } },
          { trigger: { id, value } },
          { values: { [id]: value }, trigger: { id } },
        ];
        for (const event of events) expect((await page.forge(event)).taken).toBe(false);
      }
    }
    expect(runs).toBe(1);
    expect(page.tree()).toEqual(before);
    expect(page.errors).toEqual([]);
  });

  test.skipIf(neverDisabled.includes(name))("that is disabled shows so and takes nothing", async () => {
    const example = await exampleOf(name);
    const disabled = withCall(name, (original, args) => original(...withOptions(args, { disabled: true })));
    let runs = 0;
    await using page = await openPage(async () => {
      runs++;
      await example(disabled);
    });
    const widgets = shownBy(page, name);
    for (const element of widgets) {
      expect(isDisabled(element)).toBe(true);
      for (const value of fitting(element).slice(0, 3)) {
        const event = isAnswered(element.kind)
          ? { values: { [element.id]: value } }
          : { trigger: { id: element.id, value } };
        expect(await page.forge(event)).toEqual({ taken: false, code: "disabled" });
      }
    }
    expect(runs).toBe(1);
  });

  test.skipIf(formOnly.includes(name))(
    "with a key keeps its answer over a restore and under its name",
    async () => {
      const example = await exampleOf(name);
      const returned: unknown[] = [];
      let isWriting = false;
      const keyed = withCall(name, (original, args) => {
        const key = `key ${returned.length}`;
        if (isWriting && isAnswered(registry[name].specs[0].kind))
          Object.assign(st.sessionState, { [key]: st.sessionState[key] });
        const result = original(...withOptions(args, { key, ...asWidget[name] }));
        // What it answers is what the state has under its key.
        if (isAnswered(registry[name].specs[0].kind))
          expect(st.sessionState[key]).toEqual(answerIn(result, args));
        returned.push(answerIn(result, args));
        return result;
      });
      const script = (): Promise<void> => {
        returned.length = 0;
        return example(keyed);
      };
      await using page = await openPage(script);
      for (const { id, kind } of shownBy(page, name)) {
        expect(id).toContain("#key");
        if (!isAnswered(kind)) continue;
        for (const value of fitting(page.element(id)).slice(0, 4)) {
          await page.answer(id, value);
          const given = structuredClone(returned);
          await page.restore();
          expect(page.element(id).value).toEqual(value);
          expect(returned).toEqual(given);
          // The answer in the author's form, put back into the state, is the same answer.
          isWriting = true;
          await page.goToQuery(`write=${JSON.stringify(value)}`);
          isWriting = false;
          expect(page.element(id).value).toEqual(value);
        }
      }
      expect(page.errors).toEqual([]);
    },
  );
});

describe.each(emptiable)("the widget st.%s", (name) => {
  test("that is required shows so, and takes no empty answer, however it is sent", async () => {
    const example = await exampleOf(name);
    let forms = 0;
    const required = withCall(name, (original, args) =>
      original(...withOptions(args, { key: `key ${++forms}`, required: true })),
    );
    const inForm = withCall(name, (_, args) => {
      const form = st.form(`form ${++forms}`);
      const result = (form as unknown as Record<Name, Call>)[name](...withOptions(args, { required: true }));
      form.formSubmitButton("Send it");
      return result;
    });
    let runs = 0;
    const pageOf = (with_: St) =>
      openPage(() => {
        runs++;
        forms = 0;
        return example(with_);
      });
    await using page = await pageOf(required);
    await using formed = await pageOf(inForm);
    expect([page.errors, formed.errors, runs]).toEqual([[], [], 2]);
    const empties: readonly Json[] = ["", " \t", null, false, [], [null, null], [null]];
    for (const { id, props } of shownBy(page, name)) {
      expect(props["required"]).toBe(true);
      for (const empty of empties)
        expect(await page.forge({ values: { [id]: empty } })).toMatchObject({ taken: false });
    }
    for (const [index, { id, value, kind }] of shownBy(formed, name).entries()) {
      const trigger = { id: formed.findAll("formSubmitButton")[index]?.id ?? "" };
      for (const empty of empties)
        expect(await formed.forge({ values: { [id]: empty }, trigger })).toMatchObject({ taken: false });
      // What it holds at first counts as little, when it is empty.
      const full = fitting(formed.element(id)).find((answer) => !isEmptyAnswer(answer));
      if (isEmptyAnswer(value)) expect(await formed.forge({ trigger })).toMatchObject({ taken: false });
      expect(runs).toBe(2);
      expect(await formed.forge({ values: { [id]: full ?? null }, trigger })).toEqual({ taken: true });
      runs = 2;
      expect(isEmptyAnswer(formed.findAll(kind)[index]?.value)).toBe(false);
    }
  });
});

describe.each(answeredNames.filter((name) => !neverBound.includes(name)))("the widget st.%s", (name) => {
  test("that is bound begins with what its link says, and takes nothing else from a URL", async () => {
    const example = await exampleOf(name);
    let count = 0;
    const bound = withCall(name, (original, args) =>
      original(...withOptions(args, { key: `key${++count}`, bind: "query-params" })),
    );
    const open = (query: string): Promise<Page> =>
      openPage(
        () => {
          count = 0;
          return example(bound);
        },
        { query },
      );
    await using page = await open("");
    expect(page.query).toBe("");
    for (const { id } of shownBy(page, name)) {
      if (isDisabled(page.element(id))) continue;
      for (const value of fitting(page.element(id)).slice(0, 8)) {
        await page.answer(id, value);
        await page.restore();
        expect(page.element(id).value).toEqual(value);
        await using linked = await open(page.query);
        expect(linked.element(id).value).toEqual(value);
        expect(linked.query).toBe(page.query);
      }
    }
    await using fresh = await open("");
    for (const { id, props, kind } of shownBy(fresh, name)) {
      const key = id.slice(id.indexOf("#") + 1);
      for (const forged of hostile(fresh.element(id))) {
        const text = typeof forged === "string" ? forged : JSON.stringify(forged);
        if (text.length > 5_000) continue;
        const given = new URLSearchParams([[key, text]]).toString();
        await using forgedPage = await open(given);
        expect(forgedPage.errors).toEqual([]);
        const schema = widgetOf(kind)?.value(props);
        expect(schema !== undefined && decode(schema, forgedPage.element(id).value).ok).toBe(true);
      }
    }
  });
});

/** What a function answers: of containers which are open, by their own word. */
function answerIn(result: unknown, [labels]: readonly unknown[]): unknown {
  if (Array.isArray(result) && Array.isArray(labels))
    return (labels as unknown[])[result.findIndex((tab: { open?: boolean }) => tab.open)];
  return typeof result === "object" && result !== null && "open" in result ? result.open : result;
}

test("every widget that is answered is in the suite", () => {
  expect(answeredNames.length).toBeGreaterThan(8);
  expect(widgetNames).toEqual(expect.arrayContaining(["button", "formSubmitButton"]));
});
