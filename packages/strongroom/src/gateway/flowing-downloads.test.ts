import { expect, test } from "vitest";
import { GatewayUnderTest, type TestTab } from "../../../../tests/gateway/gateway-under-test.ts";
import { Mask } from "../secrets/mask.ts";
import { openToAll } from "./access/access.ts";
import { FlowingDownloads } from "./flowing-downloads.ts";
import { gatewayDefaults, type GatewayOptions } from "./options.ts";
import type { Flow } from "./supervise/pool-types.ts";
import { newToken } from "./tokens.ts";

const secret = "hunter2-9fQ2-zz81";

/** A download in these pieces; it tells what became of it. */
class Pieces implements Flow {
  isCancelled = false;
  asked = 0;
  readonly #pieces: Buffer[];

  constructor(...texts: readonly string[]) {
    this.#pieces = texts.map((text) => Buffer.from(text));
  }

  async next(): Promise<Buffer | undefined> {
    this.asked++;
    return this.#pieces.shift();
  }

  cancel(): void {
    this.isCancelled = true;
  }
}

async function start(options: Partial<GatewayOptions> = {}) {
  const under = await GatewayUnderTest.start({ mask: new Mask({ secret }), ...options });
  const tab = await under.open("/orders");
  const { listener } = under.pool.last;
  /** The page of the tab offers it; answers its handle. */
  const offer = (bytes: Flow, mime = "text/csv"): string => {
    const handle = newToken();
    listener.bytes({ handle, mime, fileName: "a.csv", bytes });
    return handle;
  };
  const fetched = async (handle: string, { cookie }: Pick<TestTab, "cookie"> = tab, method = "GET") => {
    try {
      return await under.fetch(`/_strongroom/bytes/${handle}`, { headers: { cookie }, method });
    } catch {
      return "broken";
    }
  };
  return { under, tab, offer, fetched, [Symbol.asyncDispose]: () => under[Symbol.asyncDispose]() };
}

test("a download is fetched once, by its own viewer, and a browser that only looks does not begin it", async () => {
  await using started = await start();
  const { under, offer, fetched } = started;
  const stranger = await under.open("/orders");
  const flow = new Pieces("a,b\n", "1,2\n");
  const handle = offer(flow);
  expect(await fetched(handle, stranger)).toMatchObject({ status: 404 });
  expect(await fetched(handle, undefined, "HEAD")).toMatchObject({ status: 405 });
  expect(flow.asked).toBe(0);
  expect(await fetched(handle)).toMatchObject({ status: 200, body: "a,b\n1,2\n" });
  expect(await fetched(handle)).toMatchObject({ status: 404 });
});

test("a secret is hidden in a download of text, over pieces and at its very end, and breaks any other", async () => {
  await using started = await start();
  const { offer, fetched } = started;
  const halves = [`x,${secret.slice(0, 6)}`, secret.slice(6)] as const;
  expect(await fetched(offer(new Pieces(...halves)))).toMatchObject({
    body: Buffer.from("x,•••").toString("latin1"),
  });
  const flow = new Pieces(...halves);
  expect(await fetched(offer(flow, "application/zip"))).toBe("broken");
  expect(flow.isCancelled).toBe(true);
});

test("a download that is larger than it may be breaks, and is none that looks whole", async () => {
  const limits = { ...gatewayDefaults.limits, downloadBytes: 10 };
  await using started = await start({ limits });
  const { offer, fetched } = started;
  expect(await fetched(offer(new Pieces("12345", "67890")))).toMatchObject({ body: "1234567890" });
  const flow = new Pieces("12345", "678901", "2");
  expect(await fetched(offer(flow))).toBe("broken");
  expect(flow.isCancelled).toBe(true);
});

test("a viewer who may not open the app any more gets no download, and it ends", async () => {
  await using started = await start();
  const { under, offer, fetched } = started;
  const flow = new Pieces("a");
  const handle = offer(flow);
  under.gateway.changeAccess({ ...openToAll, allow: ["group:staff"] });
  expect(await fetched(handle)).toMatchObject({ status: 404 });
  expect([flow.isCancelled, flow.asked]).toEqual([true, 0]);
});

const limits = { bytesPerDownload: 100, perViewer: 2, inAll: 3 };

function downloads() {
  const said: string[] = [];
  const all = new FlowingDownloads(limits, { warn: (text: string) => void said.push(text) } as never);
  const add = (viewer: string, session = viewer) => {
    const [handle, flow] = [newToken(), new Pieces("a")];
    all.add(handle, { session, viewer, mime: "text/csv", fileName: undefined, flow });
    return { handle, flow };
  };
  return { all, add, said };
}

test("there are few at a time of a viewer and in all, waiting and on their way; room comes back", () => {
  const { all, add, said } = downloads();
  const first = add("v");
  all.take(first.handle); // on its way: it counts on
  expect(add("v").flow.isCancelled).toBe(false);
  expect(add("v").flow.isCancelled).toBe(true);
  expect(add("w").flow.isCancelled).toBe(false);
  expect(add("x").flow.isCancelled).toBe(true);
  expect(said.join("\n")).toMatch(/downloadsPerViewer(.|\n)*downloads allows/);
  all.forget("w");
  expect(add("x").flow.isCancelled).toBe(false);
  expect(all.count).toBe(3);
});

test("a handle that is known names what it named, and with its session a download is over, also on its way", () => {
  const { all, add } = downloads();
  const { handle, flow } = add("v");
  const other = new Pieces("b");
  all.add(handle, { session: "w", viewer: "w", mime: "text/csv", fileName: undefined, flow: other });
  expect(other.isCancelled).toBe(true);
  expect(all.find(handle, "v")?.flow).toBe(flow);
  expect(all.find(handle, "w")).toBeUndefined();
  all.take(handle);
  expect(all.find(handle, "v")).toBeUndefined();
  all.forget("v");
  expect([flow.isCancelled, all.count]).toEqual([true, 0]);
});
