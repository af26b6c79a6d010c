import { expect, test } from "vitest";
import { GatewayUnderTest } from "../../../../tests/gateway/gateway-under-test.ts";
import { metricSpec } from "../elements/metric/metric.schema.ts";
import { tableData } from "../elements/table-data.schema.ts";
import { Mask } from "../secrets/mask.ts";
import { applyOps, flatTree, inOrder } from "../wire/apply-patch.ts";
import { decode } from "../wire/schema.ts";
import { downSchema, type PatchMessage, type TreeMessage } from "../wire/messages.ts";
import { Cleaner } from "./clean-bytes.ts";
import { Redaction } from "./redaction.ts";
import { newToken } from "./tokens.ts";

const secret = 'hunter2-"quoted"-hunter2';
const other = "9fQ2xLm7Zt4Ke8Wb1Rc6Vn3Y";
const mask = new Mask({ secret, other, pin: 12345678 });
const ids = { form: `form:${secret}`, other: `form:${other}`, button: `button:${secret}` };

const tree: TreeMessage = {
  t: "tree",
  tree: 1,
  nodes: [
    [ids.form, "", "form", { label: secret }, null],
    [ids.other, "", "form", {}, null],
    [ids.button, ids.form, "button", { form: ids.form, code: [{ [secret]: 12345678 }] }, secret],
  ],
  query: `token=${encodeURIComponent(secret)}`,
  fresh: { [ids.form]: 1 },
};
const patch: PatchMessage = {
  t: "patch",
  tree: 2,
  ops: [
    ["+", "text:1", "", "text", { text: `it is ${secret}` }, null],
    ["=", ids.button, { label: JSON.stringify(secret) }, [secret]],
    ["v", ids.button, [secret]],
    ["<", "", 2, 0, ["text:1"]],
    ["<", "", 1, 1, []],
    ["-", ids.other],
  ],
  done: 1,
};

function sent(redaction: Redaction, message: TreeMessage | PatchMessage): TreeMessage | PatchMessage {
  const text = redaction.outgoing(message, JSON.stringify(message))?.text ?? "";
  expect(text).not.toMatch(/hunter2|9fQ2|12345678/);
  const decoded = decode(downSchema, JSON.parse(text));
  expect(decoded.ok).toBe(true);
  return JSON.parse(text) as typeof message;
}

test("a tree and its patches hold no secret, and still fit one another", () => {
  const redaction = new Redaction(mask);
  const first = sent(redaction, tree) as TreeMessage;
  const flat = flatTree(first.nodes);
  applyOps(flat, (sent(redaction, patch) as PatchMessage).ops);
  const shown = [...inOrder(flat)];
  expect(shown.map(({ kind }) => kind)).toEqual(["form", "button", "text"]);
  const [form, button, text] = shown;
  expect(button?.parent).toBe(form?.id);
  expect(button?.props).toMatchObject({ form: form?.id, code: [{ "•••": "•••" }], label: '"•••"' });
  expect(button?.value).toEqual(["•••"]);
  expect(text?.props).toEqual({ text: "it is •••" });
  expect(Object.keys(first.fresh ?? {})).toEqual([form?.id]);
});

test("what a browser says of an element that was named anew reaches it", () => {
  const redaction = new Redaction(mask);
  const shown = (sent(redaction, tree) as TreeMessage).nodes[2]?.[0] ?? "";
  const event = { t: "event", n: 1, tree: 1, values: { [shown]: "x" }, trigger: { id: shown } };
  expect(JSON.parse(redaction.incoming(JSON.stringify(event)))).toMatchObject({
    values: { [ids.button]: "x" },
    trigger: { id: ids.button },
  });
});

test("a secret that goes over several pieces of one text is hidden", () => {
  const phrase = "correct horse battery staple";
  const redaction = new Redaction(new Mask({ phrase }));
  const strong = { t: "strong", c: [phrase.slice(0, 10)] };
  const props = {
    label: ["it is ", strong, phrase.slice(10), "!"],
    body: [
      { t: "p", c: [strong, { t: "link", href: "https://x", c: [{ t: "em", c: [phrase.slice(10)] }] }] },
    ],
    options: [phrase.slice(0, 10), phrase.slice(10)],
    clean: ["correct ", { t: "em", c: ["horse"] }],
  };
  const wanted = { ...props, label: ["it is •••!"], body: [{ t: "p", c: ["•••"] }] };
  const message: TreeMessage = { t: "tree", tree: 1, nodes: [["m", "", "markdown", props, null]] } as never;
  const shown = redaction.outgoing(message, JSON.stringify(message))?.message as TreeMessage;
  expect(shown.nodes[0]?.[3]).toEqual(wanted);
  const ops = { t: "patch", tree: 2, ops: [["=", "m", props, []]] } as unknown as PatchMessage;
  const changed = redaction.outgoing(ops, JSON.stringify(ops))?.message as PatchMessage;
  expect(changed.ops[0]?.[2]).toEqual(wanted);
});

test("a figure that is a secret is shown as hidden: by text where the prop can be one, else by a gap", () => {
  const redaction = new Redaction(mask);
  const props = {
    label: "PIN",
    value: 12345678,
    delta: 1123456789,
    chart: { type: "line", values: [1, 12345678, null, 3] },
  };
  const data = { count: 2, columns: [{ name: "pin", type: "number" }], values: [[12345678, 5]] };
  const message = {
    t: "tree",
    tree: 1,
    nodes: [
      ["m", "", "metric", props, null],
      ["t", "", "table", data, null],
    ],
  } as unknown as TreeMessage;
  const shown = redaction.outgoing(message, JSON.stringify(message))?.message as TreeMessage;
  const [metric, table] = shown.nodes.map(([, , , sent]) => sent);
  expect(metric).toEqual({ ...props, value: "•••", chart: { type: "line", values: [1, null, null, 3] } });
  expect(decode(metricSpec.props, metric).ok).toBe(true);
  expect(table).toEqual({ ...data, values: [["•••", 5]] });
  expect(decode(tableData, table).ok).toBe(true);
});

test("messages without secrets go on as they are", () => {
  const redaction = new Redaction(mask);
  const message = { ...patch, ops: [] };
  expect(redaction.outgoing(message, JSON.stringify(message))).toBeUndefined();
  expect(redaction.incoming('{"a~0123456789abcdef"}')).toBe('{"a~0123456789abcdef"}');
});

test("text by handle is sent without secrets, other bytes with one are not sent, downloads only by name", async () => {
  const warned: unknown[] = [];
  const log = { warn: (...line: unknown[]) => void warned.push(line) };
  const cleaner = new Cleaner({ mask, openDownloads: ["backup.json"], log: log as never });
  const content = (mime: string, text: string, fileName?: string) => ({
    session: "s",
    viewer: "v",
    mime,
    fileName,
    bytes: Buffer.from(text),
  });
  const clean = async (...given: Parameters<typeof content>) =>
    (await cleaner.clean(content(...given)))?.bytes.toString();
  const table = JSON.stringify({ rows: [[secret, 12345678, 1]] });
  expect(await clean("application/json", table)).toBe('{"rows":[["•••","•••",1]]}');
  expect(await clean("text/csv; charset=utf-8", `a,${other}\n`)).toBe("a,•••\n");
  expect(await clean("image/png", `\u0089PNG ${other}`)).toBeUndefined();
  expect(await clean("image/png", "\u0089PNG")).toBe("\u0089PNG");
  expect(await clean("application/json", table, "backup.json")).toBe(table);
  expect(await clean("text/plain", `${"x".repeat(999_990)}${other}`)).toMatch(/x•••$/);
  expect(warned).toHaveLength(1);
});

test("the gateway sends none: not in the document, not in a frame, not by handle", async () => {
  await using under = await GatewayUnderTest.start({ mask });
  const tab = await under.open();
  const [placed] = under.pool.placed;
  const send = (message: TreeMessage | PatchMessage): void =>
    placed?.listener.text(message, JSON.stringify(message), undefined);
  const number = tab.tree;
  send({ ...tree, tree: number + 1, query: "" });
  send({ ...patch, tree: number + 2, done: undefined } as never);
  const handle = newToken();
  placed?.listener.bytes({
    handle,
    mime: "text/plain",
    fileName: `${other}.txt`,
    bytes: Buffer.from(secret),
  });
  await tab.hear("patch", ({ tree: shown }) => shown === number + 2);
  const bytes = await under.fetch(`/_strongroom/bytes/${handle}`, {
    headers: { cookie: tab.cookie, "sec-fetch-site": "same-origin" },
  });
  expect(bytes.status).toBe(200);
  const all = JSON.stringify([tab.heard, tab.boot, bytes.body, bytes.headers, under.lines]);
  expect(all).not.toMatch(/hunter2|9fQ2|12345678/);
});
