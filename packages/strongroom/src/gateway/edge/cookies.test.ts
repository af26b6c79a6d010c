import { describe, expect, test } from "vitest";
import { cookieName, readCookie, writeCookie } from "./cookies.ts";

const read: readonly (readonly [header: string | undefined, value: string | undefined])[] = [
  ["viewer=abc", "abc"],
  [" viewer=abc ", "abc"],
  ["a=1; viewer=abc; b=2", "abc"],
  ["a=1;viewer=abc;b=2", "abc"],
  ["viewer=", ""],
  ["viewer=a=b", "a=b"],
  [undefined, undefined],
  ["", undefined],
  ["viewer", undefined],
  ["xviewer=abc", undefined],
  ["viewerx=abc", undefined],
  ["Viewer=abc", undefined],
  ["viewer=abc; viewer=def", undefined],
  ["viewer=abc; viewer=abc", undefined],
  ['viewer="abc"', undefined],
  ["viewer=a b", undefined],
  ["viewer=a,b", undefined],
  ["viewer=a\\b", undefined],
  ["viewer=a\u0000b", undefined],
  ["viewer=ä", undefined],
  // A neighbour below the same domain may set these: for a browser none of them has the name with the prefix.
  ["\u00a0viewer=abc", undefined],
  ["viewer\u00a0=abc", undefined],
  ["\ufeffviewer=abc", undefined],
  ["\u00a0viewer=tossed; viewer=abc", "abc"],
  ["viewer=abc\u00a0", undefined],
  [";;;=;=viewer;viewer=ok;;", "ok"],
  ["__proto__=1; constructor=2; viewer=ok", "ok"],
  [`${"a=1; ".repeat(5_000)}viewer=abc`, undefined],
];

describe("reading a cookie", () => {
  test.each(read)("%j is read as %j", (header, value) => {
    expect(readCookie(header, "viewer")).toBe(value);
  });
});

const overTls = { secure: true, base: "", framed: false };

describe("writing a cookie", () => {
  test("apps below two paths of one host have cookies of two names", () => {
    const names = ["", "/a", "/a/b", "/a-b"].map((base) => cookieName("viewer", { ...overTls, base }));
    expect(names).toEqual(["__Host-viewer", "__Host-viewer.a", "__Host-viewer.a.b", "__Host-viewer.a-b"]);
  });

  test("in a frame it belongs to the page that frames the app, and is no weaker in anything else", () => {
    const framed = { ...overTls, framed: true };
    const viewer = { name: cookieName("viewer", framed), sameSite: "Lax", httpOnly: true } as const;
    expect(writeCookie(viewer, "abc", framed)).toBe(
      "__Host-viewer-framed=abc; Path=/; SameSite=None; Partitioned; HttpOnly; Secure",
    );
  });

  test("every attribute stands as it should", () => {
    const viewer = {
      name: cookieName("strongroom-viewer", overTls),
      sameSite: "Lax",
      httpOnly: true,
    } as const;
    expect(writeCookie(viewer, "abc", overTls)).toBe(
      "__Host-strongroom-viewer=abc; Path=/; SameSite=Lax; HttpOnly; Secure",
    );
    const tab = { name: "strongroom-tab", sameSite: "Strict", httpOnly: false, maxAgeSeconds: 0 } as const;
    expect(writeCookie(tab, "", { ...overTls, secure: false })).toBe(
      "strongroom-tab=; Path=/; Max-Age=0; SameSite=Strict",
    );
  });

  test.each(["a;b", "a b", "a\r\nSet-Cookie: x=y", 'a"b', "a,b", "ä"])("%j is refused", (value) => {
    const spec = { name: "x", sameSite: "Lax", httpOnly: true } as const;
    expect(() => writeCookie(spec, value, overTls)).toThrow(TypeError);
  });
});
