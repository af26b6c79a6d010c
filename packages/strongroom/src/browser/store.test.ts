import { describe, expect, test } from "vitest";
import type { PatchMessage, PatchOp, TreeMessage, WireNode } from "../wire/messages.ts";
import { OutOfStep, Store } from "./store.ts";

const nodes: readonly WireNode[] = [
  ["page", "", "page", { pages: [], page: "" }, null],
  ["main", "", "main", {}, null],
  ["name", "main", "textInput", { label: "Name" }, "Ada"],
  ["quiet", "main", "checkbox", { label: "Quiet", quiet: true }, false],
  ["go", "main", "button", { label: "Go" }, null],
  ["form", "main", "form", {}, null],
  ["a", "form", "textInput", { label: "A" }, ""],
  ["b", "form", "numberInput", { label: "B" }, 1],
  ["send", "form", "formSubmitButton", { label: "Send" }, null],
  ["last", "main", "text", { text: "end" }, null],
];

const tree = (more: Partial<TreeMessage> = {}): TreeMessage => ({
  t: "tree",
  tree: 1,
  nodes,
  done: 0,
  page: "",
  query: "",
  ...more,
});
const patch = (number: number, ops: readonly PatchOp[], more: Partial<PatchMessage> = {}): PatchMessage => ({
  t: "patch",
  tree: number,
  ops,
  ...more,
});

function opened(): Store {
  const store = new Store();
  store.receive(tree());
  return store;
}
const value = (store: Store, id: string): unknown => store.shown(id).get().value;

describe("what is shown", () => {
  test("one changed element is heard of by its own followers only", () => {
    const store = opened();
    const heard: string[] = [];
    for (const id of ["name", "last", "main", "form"]) store.shown(id).subscribe(() => heard.push(id));
    store.receive(patch(2, [["=", "last", { text: "changed" }, []]], { done: 0 }));
    expect(heard).toEqual(["last"]);
  });

  test("what needs code that is on its way is shown when all of it is there, with what came since", async () => {
    const store = opened();
    const arrive: (() => void)[] = [];
    store.fetchCode = (kinds) =>
      kinds.has("lineChart") || kinds.has("dataframe") ? new Promise((done) => arrive.push(done)) : undefined;
    const lists: number[] = [];
    store.shown("main").subscribe(() => lists.push(store.shown("main").get().childIds.length));
    const add = (number: number, kind: string): void =>
      store.receive(
        patch(number, [
          ["+", kind, "main", kind, {}, null],
          ["<", "main", number + 3, 0, [kind]],
        ]),
      );
    add(2, "lineChart");
    add(3, "dataframe");
    add(4, "caption");
    arrive[0]?.();
    await Promise.resolve();
    expect(lists).toEqual([]);
    arrive[1]?.();
    await Promise.resolve();
    expect(lists).toEqual([8]);
    add(5, "divider");
    expect(lists).toEqual([8, 9]);
  });

  test("a whole tree that says the same is heard of by nobody", () => {
    const store = opened();
    let heard = 0;
    for (const [id] of nodes) store.shown(id).subscribe(() => heard++);
    store.receive(tree({ tree: 9, nodes: structuredClone(nodes) }));
    expect(heard).toBe(0);
    expect(store.treeNumber).toBe(9);
  });

  test("a patch of another tree asks for the whole", () => {
    expect(() => opened().receive(patch(5, [["-", "last"]]))).toThrow(OutOfStep);
  });
});

describe("answers", () => {
  test("show at once, leave as one numbered event, and stay when their run has ended without a word of them", () => {
    const store = opened();
    store.actions("name").answer("Grace", undefined);
    expect(value(store, "name")).toBe("Grace");
    expect(store.isRunning.get()).toBe(true);
    expect(store.takeEvents()).toEqual([{ t: "event", n: 1, tree: 1, values: { name: "Grace" } }]);
    store.receive(patch(2, [["=", "last", { text: "Hello Grace" }, []]], { done: 1 }));
    store.receive({ t: "commit", n: 1 });
    expect(value(store, "name")).toBe("Grace");
    expect(store.isRunning.get()).toBe(false);
  });

  test("is used up with a run that was stopped: nothing goes on any more", () => {
    const store = opened();
    store.actions("name").setDraft("Grace");
    store.actions("name").answer("Grace", undefined);
    store.takeEvents();
    store.receive(tree({ tree: 2, done: 0 }));
    expect(store.isRunning.get()).toBe(true);
    store.receive({ t: "commit", n: 1 });
    expect(store.isRunning.get()).toBe(false);
  });

  test("join while they wait to leave", () => {
    const store = opened();
    store.actions("name").answer("G", undefined);
    store.actions("name").answer("Gr", undefined);
    expect(store.takeEvents()).toHaveLength(1);
    store.actions("name").answer("Gra", undefined);
    expect(store.takeEvents().map(({ n, values }) => [n, values])).toEqual([[2, { name: "Gra" }]]);
  });

  test("that change nothing are no event", () => {
    const store = opened();
    store.actions("name").setDraft("Ada L");
    store.actions("name").answer("Ada", undefined);
    expect(store.takeEvents()).toEqual([]);
    expect(value(store, "name")).toBe("Ada");
  });

  test("that cannot be sent stay in the page with the reason", () => {
    const store = opened();
    store.actions("name").answer("x".repeat(9), "At most 8 characters.");
    expect(store.shown("name").get()).toMatchObject({ value: "xxxxxxxxx", refusal: "At most 8 characters." });
    expect(store.takeEvents()).toEqual([]);
    store.actions("name").setDraft("xxxxxxxx");
    expect(store.shown("name").get().refusal).toBeUndefined();
  });

  test("newer ones are not overwritten by what an older run says", () => {
    const store = opened();
    store.actions("name").answer("one", undefined);
    store.takeEvents();
    store.actions("name").answer("two", undefined);
    store.receive(patch(2, [["v", "name", "ONE"]], { done: 1 }));
    expect(value(store, "name")).toBe("two");
    store.receive(patch(3, [["v", "name", "TWO"]], { taken: 2 }));
    expect(value(store, "name")).toBe("TWO");
    store.receive(patch(3, [], { done: 2 }));
    expect(value(store, "name")).toBe("TWO");
  });

  test("quiet ones wait for the next event", () => {
    const store = opened();
    store.actions("quiet").answer(true, undefined);
    expect(store.takeEvents()).toEqual([]);
    store.actions("go").press();
    expect(store.takeEvents()).toEqual([
      { t: "event", n: 1, tree: 1, trigger: { id: "go" }, values: { quiet: true } },
    ]);
  });
});

describe("what is typed", () => {
  test("is not overwritten by the script while the viewer goes on", () => {
    const store = opened();
    store.actions("go").press();
    store.actions("name").setDraft("Ada Lov");
    store.receive(patch(2, [["v", "name", "reset"]], { done: 1 }));
    expect(value(store, "name")).toBe("Ada Lov");
  });

  test("gives way to what the script sets in answer to a later click", () => {
    const store = opened();
    store.actions("a").setDraft("typed");
    store.actions("go").press();
    store.receive(patch(2, [["v", "a", "filled in"]], { done: 1 }));
    expect(value(store, "a")).toBe("filled in");
  });

  test("goes when its widget goes, but not when the page ended in an error", () => {
    const store = opened();
    store.actions("name").setDraft("Ada Lov");
    const broken: PatchOp[] = [
      ["+", "exception:uncaught", "main", "exception", {}, null],
      ["<", "main", 0, 5, ["exception:uncaught"]],
    ];
    store.receive(patch(2, [...broken, ["-", "name"]], { done: 0 }));
    expect(Object.keys(store.dump().drafts)).toEqual(["name"]);
    store.receive(tree({ tree: 3 }));
    expect(value(store, "name")).toBe("Ada Lov");
    store.receive(
      patch(
        4,
        [
          ["<", "main", 0, 1, []],
          ["-", "name"],
        ],
        { done: 0 },
      ),
    );
    expect(store.dump().drafts).toEqual({});
  });

  test("is not kept where it is a password", () => {
    const store = opened();
    store.receive(patch(2, [["=", "name", { type: "password" }, []]], { done: 0 }));
    store.actions("name").setDraft("s3cret");
    expect(value(store, "name")).toBe("s3cret");
    expect(store.dump().drafts).toEqual({});
  });

  test("goes with the next click after a refresh, for its field is left by then; in a form it waits", () => {
    const store = opened();
    store.actions("name").setDraft("Ada Lov");
    store.actions("a").setDraft("half");
    const again = new Store();
    again.receive(tree());
    again.restore(structuredClone(store.dump()));
    expect(again.takeEvents()).toEqual([]);
    again.actions("go").press();
    expect(again.takeEvents()).toMatchObject([{ values: { name: "Ada Lov" }, trigger: { id: "go" } }]);
    expect(value(again, "a")).toBe("half");
  });

  test("stays in the page after a refresh where it cannot be an answer, and says why", () => {
    const store = opened();
    store.actions("name").setDraft("ada@");
    const again = new Store();
    again.refusalOf = (_, __, answer) => (answer === "ada@" ? "An address" : undefined);
    again.receive(tree());
    again.restore(structuredClone(store.dump()));
    again.actions("go").press();
    expect(again.takeEvents()).toEqual([{ t: "event", n: 1, tree: 1, trigger: { id: "go" } }]);
    expect(again.shown("name").get()).toMatchObject({ value: "ada@", refusal: "An address" });
  });

  test("survives a refresh", () => {
    const store = opened();
    store.actions("name").setDraft("Ada Lov");
    store.actions("a").answer("held", undefined);
    store.actions("go").press();
    const again = new Store();
    again.receive(tree({ tree: 4 }));
    again.restore(structuredClone(store.dump()));
    expect([value(again, "name"), value(again, "a")]).toEqual(["Ada Lov", "held"]);
    expect(again.resume({ received: 0, committed: 0 })).toMatchObject([{ n: 1, trigger: { id: "go" } }]);
  });
});

describe("a form", () => {
  test("holds its answers until its button is pressed, then sends them in one event", () => {
    const store = opened();
    store.actions("a").answer("x", undefined);
    store.actions("b").setDraft(5);
    expect(store.takeEvents()).toEqual([]);
    store.actions("send").press();
    expect(store.takeEvents()).toEqual([
      { t: "event", n: 1, tree: 1, values: { a: "x", b: 5 }, trigger: { id: "send" } },
    ]);
    expect([value(store, "a"), value(store, "b")]).toEqual(["x", 5]);
  });

  test("is sent by Enter in one of its fields", () => {
    const store = opened();
    store.actions("a").setDraft("x");
    store.actions("a").submit(undefined);
    expect(store.takeEvents()).toMatchObject([{ values: { a: "x" }, trigger: { id: "send" } }]);
  });

  test("is not sent while an answer in it is wrong", () => {
    const store = opened();
    let mistake = "";
    store.onMistake = (id) => (mistake = id);
    store.actions("b").answer(99, "At most 9.");
    store.actions("send").press();
    expect([store.takeEvents(), mistake]).toEqual([[], "b"]);
  });

  test("is not sent while what is required was never answered: the first of it is pointed at", () => {
    const store = opened();
    let mistake = "";
    store.onMistake = (id) => (mistake = id);
    store.refusalOf = (_, __, answer) => (answer === "" ? "An answer is needed" : undefined);
    store.receive(patch(2, [["=", "a", { required: true }, []]], { done: 0 }));
    store.actions("send").press();
    expect([store.takeEvents(), mistake]).toEqual([[], "a"]);
    expect(store.shown("a").get().refusal).toBe("An answer is needed");
    store.actions("a").setDraft("x");
    expect(store.shown("a").get().refusal).toBeUndefined();
    store.actions("send").press();
    expect(store.takeEvents()).toMatchObject([{ values: { a: "x" }, trigger: { id: "send" } }]);
  });

  test("says what the author's code said of an answer, until another stands there, and points at it", () => {
    const store = opened();
    let mistake = "";
    store.onMistake = (id) => (mistake = id);
    store.actions("a").answer("x", undefined);
    store.actions("send").press();
    store.takeEvents();
    store.receive(patch(2, [["=", "a", { invalid: "Too short" }, []]], { done: 1 }));
    expect([store.shown("a").get().refusal, mistake]).toEqual(["Too short", "a"]);
    store.actions("a").setDraft("xy");
    expect(store.shown("a").get().refusal).toBeUndefined();
    store.actions("send").press();
    expect(store.takeEvents()).toMatchObject([{ values: { a: "xy" }, trigger: { id: "send" } }]);
  });

  test("has its answers back when the server refuses them", () => {
    const store = opened();
    store.actions("a").answer("x", undefined);
    store.actions("b").answer(5, undefined);
    store.actions("send").press();
    store.takeEvents();
    store.receive({ t: "refused", n: 1, code: "invalid-value", at: "b" });
    expect([value(store, "a"), value(store, "b"), store.isRunning.get()]).toEqual(["x", 5, false]);
    expect(store.shown("b").get().refusal).toMatch(/choose again/);
  });

  test("that is cleared by the script is empty, and what is typed after the press stays", () => {
    const store = opened();
    store.actions("a").answer("x", undefined);
    store.actions("b").answer(5, undefined);
    store.actions("send").press();
    store.actions("b").setDraft(6);
    store.receive(
      patch(
        2,
        [
          ["v", "a", ""],
          ["v", "b", 1],
        ],
        { done: 1 },
      ),
    );
    expect([value(store, "a"), value(store, "b")]).toEqual(["", 6]);
  });
});

describe("a restored session", () => {
  test("keeps the elements that its first run has not shown yet, and drops ghosts when it has ended", () => {
    const store = opened();
    store.actions("a").setDraft("typing");
    store.receive({ t: "tree", tree: 7, nodes: nodes.slice(0, 3), page: "", query: "", taken: 0 });
    expect(store.shown("main").get().childIds).toEqual(["name", "quiet", "go", "form", "last"]);
    expect(value(store, "a")).toBe("typing");
    store.receive(
      patch(
        8,
        [
          ["+", "go", "main", "button", { label: "Go" }, null],
          ["<", "main", 1, 0, ["go"]],
        ],
        { taken: 0 },
      ),
    );
    expect(store.shown("main").get().childIds).toEqual(["name", "go", "quiet", "form", "last"]);
    store.receive(patch(8, [], { done: 0 }));
    expect(store.shown("main").get().childIds).toEqual(["name", "go"]);
  });

  test("shows answers that it has not taken yet, from the event that is sent again", () => {
    const store = opened();
    store.actions("name").answer("Grace", undefined);
    store.takeEvents();
    store.receive(patch(1, [], { done: 1 }));
    expect(store.resume({ received: 0, committed: 0 })).toMatchObject([{ n: 1, values: { name: "Grace" } }]);
    store.receive(tree({ tree: 5, done: 0 }));
    expect(value(store, "name")).toBe("Grace");
    store.receive(patch(5, [], { done: 1 }));
    expect(value(store, "name")).toBe("Grace");
  });

  test("asks for the whole tree when the end of a run may have been missed", () => {
    const store = opened();
    expect(store.knownTree).toEqual({ tree: 1 });
    store.actions("go").press();
    expect(store.knownTree).toEqual({ tree: 1, whole: true });
  });

  test("sends events of an earlier load as answers to what this load shows", () => {
    const store = opened();
    store.receive(tree({ tree: 9 }));
    store.actions("name").answer("Grace", undefined);
    const again = new Store();
    again.receive(tree({ tree: 4 })); // of a server that was not told of all that the last one had shown
    again.restore(structuredClone(store.dump()));
    expect(again.resume({ received: 0, committed: 0 })).toMatchObject([{ n: 1, tree: 4 }]);
  });

  test("gives new numbers to events that never left where others have used theirs", () => {
    const store = opened();
    store.actions("go").press();
    expect(store.resume({ received: 6, committed: 6 })).toMatchObject([{ n: 7, trigger: { id: "go" } }]);
  });
});

describe("a long run", () => {
  test("dims what it has not reached, and nothing once it has ended", () => {
    const store = opened();
    const stale = (): string[] => nodes.map(([id]) => id).filter((id) => store.shown(id).get().isStale);
    for (const [id] of nodes) store.shown(id);
    store.actions("go").press();
    store.dim(true);
    expect(stale()).toEqual(nodes.map(([id]) => id));
    store.receive(patch(2, [["=", "name", { label: "Name!" }, []]], { taken: 1, fresh: { main: 3 } }));
    expect(stale()).toEqual(["form", "a", "b", "send", "last"]);
    store.receive(patch(3, [["=", "last", { text: "new" }, []]], { done: 1 }));
    expect(stale()).toEqual([]);
  });
});

describe("refused events", () => {
  test("too fast: are tried again under another number", () => {
    const store = opened();
    store.actions("name").answer("Grace", undefined);
    store.takeEvents();
    store.receive({ t: "refused", n: 1, code: "too-fast" });
    expect(store.takeEvents()).toMatchObject([{ n: 2, values: { name: "Grace" } }]);
  });

  test("for one bad answer: the others are sent again", () => {
    const store = opened();
    store.actions("last").answer("x", undefined);
    store.actions("name").answer("G", undefined);
    store.takeEvents();
    store.receive({ t: "refused", n: 1, code: "disabled", at: "name" });
    expect(store.shown("name").get()).toMatchObject({
      value: "G",
      refusal: "This cannot be changed right now.",
    });
    expect(store.takeEvents()).toMatchObject([{ n: 2, values: { last: "x" } }]);
  });

  test("for a page that went: the menu shows where the viewer is", () => {
    const store = opened();
    store.go({ page: "gone", query: "" });
    store.receive({ t: "refused", n: 1, code: "unknown-page" });
    expect(store.place.get().page).toBe("");
  });
});
