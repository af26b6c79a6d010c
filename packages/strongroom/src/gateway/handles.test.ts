import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { GatewayUnderTest } from "../../../../tests/gateway/gateway-under-test.ts";
import { Handles } from "./handles.ts";
import { newToken } from "./tokens.ts";

const owner = { id: "s", viewer: "v" };
const flowing = { bytesPerDownload: 1_000, perViewer: 1, inAll: 1 };
const limits = { bytesPerSession: 1_000, bytesInAll: 1_500, bytesAsleep: 100, flowing };

function setUp() {
  const said: string[] = [];
  const handles = new Handles(limits, { warn: (_: unknown, text: string) => void said.push(text) } as never);
  const add = (size: number, who = owner): string => {
    const handle = newToken();
    handles.add(who, { handle, mime: "image/png", bytes: Buffer.alloc(size) });
    return handle;
  };
  return { said, handles, add };
}

describe("handles", () => {
  test("are found by their own viewer only", () => {
    const { handles, add } = setUp();
    const handle = add(10);
    expect(handles.find(handle, "v")?.bytes).toHaveLength(10);
    expect(handles.find(handle, "w")).toBeUndefined();
    expect(handles.find(newToken(), "v")).toBeUndefined();
  });

  test("hold no more than they may, of a session and in all, and say so once", () => {
    const { handles, add, said } = setUp();
    add(900);
    const tooMuch = add(200);
    add(200);
    expect(handles.find(tooMuch, "v")).toBeUndefined();
    const other = { id: "t", viewer: "w" };
    add(600, other);
    expect(handles.find(add(100, other), "w")).toBeUndefined();
    expect([handles.bytes, said.length]).toEqual([1_500, 2]);
    expect(said[0]).toMatch(/handleBytesPerSession.*raise the limit/);
  });

  test("are freed when they are released, and with their session", () => {
    const { handles, add } = setUp();
    const [one, two] = [add(10), add(20)];
    handles.release("s", [one, newToken()]);
    expect([handles.find(one, "v"), handles.bytes]).toEqual([undefined, 20]);
    handles.release("t", [two]);
    expect(handles.bytes).toBe(20);
    handles.forget("s");
    expect([handles.find(two, "v"), handles.bytes]).toEqual([undefined, 0]);
  });

  test("of an earlier worker stay until the next one's first run has ended", () => {
    const { handles, add } = setUp();
    const old = add(10);
    handles.age("s");
    const fresh = add(10);
    expect(handles.find(old, "v")).toBeDefined();
    handles.releaseAged("s");
    expect([handles.find(old, "v"), handles.find(fresh, "v") !== undefined]).toEqual([undefined, true]);
  });

  test("of a sleeping session stay while they are small", () => {
    const { handles, add } = setUp();
    const small = add(100);
    handles.sleep("s");
    expect(handles.find(small, "v")).toBeDefined();
    add(1);
    handles.sleep("s");
    expect(handles.bytes).toBe(0);
  });

  test("keep bytes of their own, not the frame that they came in", () => {
    const { handles } = setUp();
    const frame = Buffer.alloc(100_000, 1);
    handles.add(owner, { handle: "h", mime: "image/png", bytes: frame.subarray(10, 20) });
    frame.fill(2);
    const bytes = handles.find("h", "v")?.bytes;
    expect([bytes?.buffer.byteLength, bytes?.[0]]).toEqual([10, 1]);
  });
});

describe("bytes of a page", () => {
  test("are fetched whole, in part, or not again", async () => {
    await using under = await GatewayUnderTest.start();
    const tab = await under.open();
    const handle = newToken();
    const bytes = randomBytes(1_000);
    under.pool.last.listener.bytes({ handle, mime: "image/png", bytes });
    const get = (headers: Record<string, string> = {}) =>
      under.fetch(`/_strongroom/bytes/${handle}`, { headers: { cookie: tab.cookie, ...headers } });
    const whole = await get();
    expect([whole.status, Buffer.from(whole.body, "latin1").equals(bytes)]).toEqual([200, true]);
    expect(whole.headers).toMatchObject({
      "content-type": "image/png",
      "accept-ranges": "bytes",
      "cache-control": "no-store",
      "content-disposition": "inline",
    });
    expect(whole.headers["content-security-policy"]).toContain("sandbox");
    const etag = whole.headers.etag ?? "";
    const part = await get({ range: "bytes=10-19", "if-range": etag });
    expect([part.status, part.headers["content-range"], part.body.length]).toEqual([
      206,
      "bytes 10-19/1000",
      10,
    ]);
    expect((await get({ range: "bytes=10-19", "if-range": '"other"' })).status).toBe(200);
    const beyond = await get({ range: "bytes=1000-" });
    expect([beyond.status, beyond.headers["content-range"]]).toEqual([416, "bytes */1000"]);
    const same = await get({ "if-none-match": etag });
    expect([same.status, same.body]).toEqual([304, ""]);
  });

  test("are there for their own viewer only, and only while the page shows them", async () => {
    await using under = await GatewayUnderTest.start();
    const [mine, other] = [await under.open(), await under.open()];
    const handle = newToken();
    under.pool.placed[0]?.listener.bytes({
      handle,
      mime: "text/html",
      fileName: "x\r\n.html",
      bytes: Buffer.from("<script>"),
    });
    const get = (cookie: string, more: Record<string, string> = {}) =>
      under.fetch(`/_strongroom/bytes/${handle}`, { headers: { cookie, ...more } });
    const found = await get(mine.cookie);
    expect(found.headers).toMatchObject({
      "content-type": "application/octet-stream",
      "content-disposition": 'attachment; filename="x.html"',
    });
    expect((await get(other.cookie)).status).toBe(404);
    expect((await get("")).status).toBe(403);
    expect(
      (
        await get(mine.cookie, {
          "sec-fetch-site": "cross-site",
          "sec-fetch-mode": "no-cors",
          "sec-fetch-dest": "image",
        })
      ).status,
    ).toBe(403);
    under.pool.placed[0]?.listener.release([handle]);
    expect((await get(mine.cookie)).status).toBe(404);
  });
});
