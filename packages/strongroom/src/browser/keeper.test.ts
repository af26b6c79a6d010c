import { expect, test } from "vitest";
import type { TreeMessage } from "../wire/messages.ts";
import { Keeper, type Shelf } from "./keeper.ts";
import { Store } from "./store.ts";

class MemoryShelf implements Shelf {
  readonly items = new Map<string, string>();
  get length(): number {
    return this.items.size;
  }
  key(index: number): string | null {
    return [...this.items.keys()][index] ?? null;
  }
  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.items.set(key, value);
  }
  removeItem(key: string): void {
    this.items.delete(key);
  }
}

const tree: TreeMessage = {
  t: "tree",
  tree: 1,
  done: 0,
  page: "",
  query: "",
  nodes: [
    ["main", "", "main", {}, null],
    ["name", "main", "textInput", {}, ""],
    ["go", "main", "button", {}, null],
  ],
};

function typed(): Store {
  const store = new Store();
  store.receive(tree);
  store.actions("go").press();
  store.actions("name").setDraft("Ada");
  return store;
}

test("gives drafts and unsent events back to the same session", () => {
  const shelf = new MemoryShelf();
  new Keeper(shelf, "one").save(typed());
  const kept = new Keeper(shelf, "one").load("", false);
  expect(kept?.drafts["name"]?.value).toBe("Ada");
  expect(kept?.outbox.kept).toHaveLength(1);
});

test("gives nothing to another session, and forgets the first", () => {
  const shelf = new MemoryShelf();
  shelf.setItem("others", "stay");
  new Keeper(shelf, "one").save(typed());
  expect(new Keeper(shelf, "two").load("", false)).toBeUndefined();
  expect([...shelf.items.keys()]).toEqual(["others"]);
});

test.each([
  ["the session before has expired", (shelf: Shelf) => new Keeper(shelf, "one").bequeath(typed()), false],
  ["a refresh begins a new session", (shelf: Shelf) => new Keeper(shelf, "one").save(typed()), true],
] as const)("hands on drafts, but no events, when %s", (_, leave, isReload) => {
  const shelf = new MemoryShelf();
  leave(shelf);
  const kept = new Keeper(shelf, "two").load("", isReload);
  expect(kept?.drafts["name"]?.value).toBe("Ada");
  expect(kept?.outbox).toEqual({ next: 1, kept: [] });
});

test("hands on nothing to another page", () => {
  const shelf = new MemoryShelf();
  new Keeper(shelf, "one").save(typed());
  expect(new Keeper(shelf, "two").load("orders", true)).toBeUndefined();
});

test.each([
  "nonsense",
  "{}",
  '{"page":"","store":{"drafts":{"__proto__":{}},"outbox":{"next":1,"kept":[]}}}',
])("does not trust what stands there: %s", (text) => {
  const shelf = new MemoryShelf();
  shelf.setItem("strongroom:one", text);
  expect(new Keeper(shelf, "one").load("", false)).toBeUndefined();
});

test("works where nothing can be kept", () => {
  const keeper = new Keeper(undefined, "one");
  keeper.save(typed());
  expect(keeper.load("", true)).toBeUndefined();
});
