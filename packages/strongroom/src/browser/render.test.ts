import { describe, expect, test } from "vitest";
import type { Boot, RenderInput } from "../wire/boot.ts";
import type { WireNode } from "../wire/messages.ts";
import { renderPage } from "./render.tsx";

const token = "t".repeat(43);
const page = {
  pages: [
    { path: "", title: "Orders", icon: "" },
    { path: "late", title: "Late <ones>", icon: "🕐" },
  ],
  page: "",
};

function input(
  nodes: readonly WireNode[],
  more: Partial<RenderInput> = {},
  boot: Partial<Boot> = {},
): RenderInput {
  return {
    boot: {
      protocol: 1,
      session: token,
      ticket: token,
      messages: [{ t: "tree", tree: 1, done: 0, page: "", query: "", nodes }],
      problem: null,
      editing: false,
      shows: { themeSwitch: true, pages: true, dataExport: true },
      locale: "en-GB",
      ...boot,
    },
    nonce: "n0nce",
    manifest: {
      entry: "assets/main-A.js",
      entryChunks: ["assets/chunk-B.js"],
      beside: "assets/beside-H.js",
      css: ["assets/styles-C.css"],
      firstScript: "first()",
      views: { text: ["assets/text-D.js", "assets/chunk-E.js"], slider: ["assets/slider-F.js"] },
      files: { "assets/icon-G.svg": { bytes: 1, gzip: 1 } },
    },
    assets: "/_strongroom/",
    css: "",
    ...more,
  };
}
const withText = (text: string): readonly WireNode[] => [
  ["page", "", "page", page, null],
  ["main", "", "main", {}, null],
  ["main/text", "main", "text", { text }, null],
];

describe("the document of a first page view", () => {
  test("holds title, style sheet, the entry and the code of what is on the page, and no more", async () => {
    const html = await renderPage(input(withText("Hello")));
    expect(html).toMatch(/^<!doctype html><html lang="en-GB"><head><meta charset="utf-8">/);
    expect(html).toContain("<title>Orders</title>");
    expect(html).toContain('<link rel="stylesheet" href="/_strongroom/assets/styles-C.css">');
    expect(html).toContain('<script type="module" src="/_strongroom/assets/main-A.js"></script>');
    expect(
      [...html.matchAll(/modulepreload" href="\/_strongroom\/assets\/(\S+?)"/g)].map(([, file]) => file),
    ).toEqual(["chunk-B.js", "text-D.js", "chunk-E.js"]);
    expect(html).toContain("Hello");
  });

  test("never holds a style attribute, an event attribute or a script with code but the first", async () => {
    const html = await renderPage(input(withText("Hello")));
    expect(html).not.toMatch(/<[^>]*\sstyle=/);
    expect(html).not.toMatch(/<[^>]*\son\w+=/);
    expect([...html.matchAll(/<script[^>]*>/g)].map(([tag]) => tag)).toEqual([
      `<script data-session="${token}">`,
      '<script type="module" src="/_strongroom/assets/main-A.js">',
      '<script type="application/json" id="strongroom-boot">',
    ]);
  });

  test("keeps what authors and viewers wrote as text", async () => {
    const hostile = `</script><script>alert(1)</script><!-- <b title="'">\u2028`;
    const html = await renderPage(input(withText(hostile), {}, { problem: hostile }));
    expect(html.match(/<script/g)).toHaveLength(3);
    expect(html).not.toContain("<!--");
    const boot = /id="strongroom-boot">(.*?)<\/script>/s.exec(html)?.[1] ?? "";
    expect((JSON.parse(boot) as Boot).problem).toBe(hostile);
  });

  test("escapes what stands in the head", async () => {
    const nodes: readonly WireNode[] = [
      ["page", "", "page", { ...page, title: "<i>&</title>" }, null],
      ["main", "", "main", {}, null],
    ];
    const html = await renderPage(input(nodes, { nonce: '"><script>' }));
    expect(html).toContain("<title>&lt;i&gt;&amp;&lt;/title&gt;</title>");
    expect(html).toContain('nonce="&quot;&gt;&lt;script&gt;"');
  });

  test("names the pages of the app, the current one marked", async () => {
    const html = await renderPage(input(withText("Hello")));
    expect(html).toMatch(/<a[^>]*href="\.\/"[^>]*aria-current="page"/);
    expect(html).toMatch(/href="\.\/late"[^>]*>.*Late &lt;ones&gt;/);
  });

  test("has the viewer's colours from the start", async () => {
    const html = await renderPage(input(withText("Hello"), { theme: "dark" }));
    expect(html).toContain('<html lang="en-GB" data-theme="dark">');
    expect(html).toContain('<meta name="color-scheme" content="dark">');
  });

  test("leaves out in a frame what its address says, and leads to other pages in the same way", async () => {
    const embed = { query: "embed=true", hides: ["toolbar", "padding", "scrolling"] } as const;
    const html = await renderPage(
      input(withText("Hello"), {}, { embed: { ...embed, hides: [...embed.hides] } }),
    );
    expect(html).toContain('<html lang="en-GB" data-still>');
    expect(html).toMatch(/<main[^>]* data-tight=""/);
    expect(html).toContain('href="./late?embed=true"');
    expect(html).not.toContain('aria-label="Colours"');
    const whole = await renderPage(input(withText("Hello")));
    expect(whole).toContain('aria-label="Colours"');
    expect(whole).not.toMatch(/data-tight|data-still|embed/);
  });

  test("comes undrawn, for the browser to draw, when a view fails", async () => {
    const nodes: readonly WireNode[] = [
      ["main", "", "main", {}, null],
      ["main/text", "main", "text", { text: 7 }, null],
    ];
    const faults: unknown[] = [];
    const html = await renderPage(input(nodes, { onFault: (error) => faults.push(error) }));
    expect(faults).toHaveLength(1);
    expect(html).toContain('<div id="strongroom" data-undrawn></div>');
    expect(html).toContain('id="strongroom-boot"');
  });

  test("says that the app does not compile where there is no page yet", async () => {
    const html = await renderPage(
      input([], {}, { messages: [], problem: "app.ts:1:2 No.\n\n  1 | x\n    |  ^", editing: true }),
    );
    expect(html).toContain("This save does not compile");
    expect(html).toContain("app.ts:1:2");
  });
});
