import { expect, test } from "vitest";
import { isPressed } from "../../browser/controls/shortcut.ts";
import { buttonFace } from "./button-face.server.ts";
import { buttonSpec } from "./button.schema.ts";

const keysOf = (shortcut: string): string | undefined => buttonFace("button", "Save", { shortcut }).shortcut;

test("takes a click and nothing else", () => {
  const schema = buttonSpec.value({ label: "Save" });
  expect(schema.check(true, "")).toBeUndefined();
  for (const value of [false, 1, "true", null, {}]) expect(schema.check(value, "")).toBeDefined();
});

test("knows a shortcut however it is written", () => {
  expect(keysOf("Shift+Ctrl+K")).toBe("ctrl+shift+k");
  expect(keysOf("Cmd + Enter")).toBe("ctrl+enter");
  expect(keysOf("F2")).toBe("f2");
});

test("leaves copying and reloading to the browser", () => {
  for (const shortcut of ["ctrl+c", "cmd+r", "", "ctrl", "ctrl+kk", "hyper+k", "a+b"])
    expect(() => keysOf(shortcut)).toThrow("shortcut");
});

test("is pressed by its keys with exactly its modifiers", () => {
  const none = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };
  expect(isPressed("ctrl+k", { ...none, key: "K", ctrlKey: true })).toBe(true);
  expect(isPressed("ctrl+k", { ...none, key: "k", metaKey: true })).toBe(true);
  expect(isPressed("ctrl+k", { ...none, key: "k" })).toBe(false);
  expect(isPressed("ctrl+k", { ...none, key: "k", ctrlKey: true, shiftKey: true })).toBe(false);
  expect(isPressed("space", { ...none, key: " " })).toBe(true);
});
