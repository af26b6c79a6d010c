import { deflateSync, inflateSync } from "node:zlib";
import { st } from "strongroom";
import { openPage } from "strongroom/testing";
import { expect, test } from "vitest";
import { decode } from "../../wire/schema.ts";
import { pngOf } from "./image-pixels.server.ts";
import { readPicture } from "./image-kinds.server.ts";
import { imageSpec } from "./image.schema.ts";

const gif = Buffer.from("R0lGODlhAwACAIAAAP///wAAACwAAAAAAwACAAACA4RvUAA7", "base64");

test("reads kind and size from the bytes", () => {
  expect(readPicture(gif)).toMatchObject({ mime: "image/gif", size: [3, 2] });
  const png = Buffer.concat([
    Buffer.from("89504e470d0a1a0a0000000d49484452000000070000000508", "hex"),
    deflateSync(Buffer.alloc(9)),
  ]);
  expect(readPicture(png)).toMatchObject({ mime: "image/png", size: [7, 5] });
  expect(readPicture(Buffer.from('<svg width="40" height="30px"/>'))).toMatchObject({
    mime: "image/svg+xml",
    size: [40, 30],
  });
  expect(readPicture(Buffer.from('<svg viewBox="0 0 8 9">'))).toMatchObject({ size: [8, 9] });
});

test("refuses bytes that are no picture, and survives those that are cut short", () => {
  expect(() => readPicture(Buffer.from("<html><script>"))).toThrow("PNG, JPEG, GIF");
  expect(readPicture(Buffer.from("ffd8ff", "hex"))).toMatchObject({ mime: "image/jpeg", size: undefined });
  expect(readPicture(Buffer.from("89504e470d0a1a0a", "hex"))).toMatchObject({ size: undefined });
});

test("takes paths of the app's own origin only", () => {
  const shown = (path: string): boolean =>
    decode(imageSpec.props, { images: [{ source: { path }, alt: "" }], width: "content" }).ok;
  expect(shown("/app/static/a.png")).toBe(true);
  for (const path of [
    "//evil.example/a.png",
    "/\\evil.example",
    "https://evil.example/a.png",
    "a.png",
    "/a b",
  ]) {
    expect(shown(path), path).toBe(false);
  }
});

test("finds files of the app's own folder by the ways to write their path", async () => {
  await using page = await openPage(() => {
    for (const path of ["/app/static/a.png", "app/static/a.png", "./app/static/a.png"]) st.image(path);
  });
  expect(page.errors).toEqual([]);
  expect(page.findAll("image").map(({ props }) => props["images"])).toEqual(
    Array(3).fill([{ source: { path: "/app/static/a.png" }, alt: "" }]),
  );
});

test("offers the bytes, and shows them by handle", async () => {
  const page = await openPage(() =>
    st.image(`data:image/gif;base64,${gif.toString("base64")}`, { caption: "Two dots" }),
  );
  expect(page.find("image").props["images"]).toMatchObject([
    { source: { handle: expect.any(String) as string }, alt: "Two dots", size: [3, 2] },
  ]);
  expect([...page.offered.values()]).toMatchObject([{ mime: "image/gif" }]);
});

test("pages ask nothing of other hosts: says what to do instead", async () => {
  const page = await openPage(() => st.image("https://example.org/a.png"));
  expect(String(page.errors[0])).toContain("fetch the bytes in the script");
});

/** The rows of a PNG of ours, each with the byte before it. */
function rowsOf(png: Uint8Array): number[] {
  const bytes = Buffer.from(png);
  const at = bytes.indexOf("IDAT");
  return [...inflateSync(bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at - 4)))];
}

test("makes a PNG of pixels: greys, colours in either order, fractions", () => {
  const picture = pngOf({ width: 2, height: 1, data: [1, 2, 3, 4, 5, 6] }, {});
  expect(readPicture(picture)).toMatchObject({ mime: "image/png", size: [2, 1] });
  expect(rowsOf(picture)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(rowsOf(pngOf({ width: 1, height: 2, data: [9, 8] }, {}))).toEqual([0, 9, 0, 8]);
  const bgra = { width: 1, height: 1, data: Uint8Array.of(1, 2, 3, 4) };
  expect(rowsOf(pngOf(bgra, { channels: "BGR" }))).toEqual([0, 3, 2, 1, 4]);
  expect(rowsOf(pngOf({ width: 1, height: 1, data: Float32Array.of(0.5) }, {}))).toEqual([0, 128]);
});

test("refuses pixels out of range, unless they are to be cut, and data that is no picture", () => {
  const bright = { width: 1, height: 1, data: [300] };
  expect(() => pngOf(bright, {})).toThrow("`clamp: true`");
  expect(rowsOf(pngOf(bright, { clamp: true }))).toEqual([0, 255]);
  expect(() => pngOf({ width: 1, height: 1, data: [Number.NaN] }, {})).toThrow();
  for (const size of [
    { width: 0, height: 1 },
    { width: 2, height: 1 },
    { width: 1e6, height: 1e6 },
  ])
    expect(() => pngOf({ ...size, data: [1] }, {})).toThrow("1, 3 or 4 numbers");
});

test("shows pixels by handle", async () => {
  const page = await openPage(() => st.image({ width: 1, height: 1, data: [7] }, { alt: "A dot" }));
  expect(page.errors).toEqual([]);
  expect([...page.offered.values()]).toMatchObject([{ mime: "image/png" }]);
});
