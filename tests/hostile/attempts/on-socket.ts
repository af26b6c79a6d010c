import { once } from "node:events";
import { WebSocket } from "ws";
import type { Frame } from "../register/entry.ts";
import type { People } from "./people.ts";
import type { OpenPage, Target } from "./target.ts";

interface Open {
  readonly socket: WebSocket;
  /** All that was heard. */
  readonly heard: string[];
  /** What was said last: said again where the session was restored elsewhere meanwhile, as pages do. */
  last?: string;
}

/** A socket of a new page that has taken its session up. */
async function openSocket(target: Target, page: OpenPage): Promise<Open> {
  const ticket = await target.ticket(page);
  const address = `${target.origin.replace(/^http/, "ws")}/_strongroom/socket?ticket=${ticket}`;
  const socket = new WebSocket(address, {
    origin: target.origin,
    headers: { cookie: page.cookie },
    perMessageDeflate: false,
    // A certificate of its own, made for this test.
    rejectUnauthorized: false,
  });
  const heard: string[] = [];
  const open: Open = { socket, heard };
  socket.on("message", (data: Buffer) => {
    const text = data.toString();
    heard.push(text);
    if (open.last !== undefined && text.includes('"t":"resumed"')) socket.send(open.last);
  });
  socket.on("error", () => socket.terminate());
  await once(socket, "open");
  return open;
}

function say(open: Open, text: string): Promise<unknown> {
  const answered = once(open.socket, "message");
  open.socket.send(text);
  return answered;
}

function resume({ protocol, session, tree }: OpenPage): string {
  return JSON.stringify({ t: "resume", protocol, session, tree });
}

/** Somebody who has the page open all the while, and does something now and then. */
export interface Neighbour {
  /** Answers once the page has; false where it did not. */
  answers(): Promise<boolean>;
  readonly close: () => void;
}

export async function neighbourOn(target: Target, page: OpenPage): Promise<Neighbour> {
  const open = await openSocket(target, page);
  await say(open, resume(page));
  let n = 0;
  return {
    async answers() {
      n++;
      const values = { "toggle:Toggle": n % 2 === 1 };
      open.last = JSON.stringify({ t: "event", n, tree: page.tree, values });
      open.socket.send(open.last);
      const isDone = (): boolean => open.heard.some((said) => said.includes(`"done":${n}`));
      while (!isDone() && open.socket.readyState === WebSocket.OPEN)
        await Promise.race([once(open.socket, "message"), once(open.socket, "close")]);
      return isDone();
    },
    close: () => open.socket.terminate(),
  };
}

/** Says each on a socket of its own, of somebody new or of who has signed in; answers what went wrong, in words. */
export async function tryFrames(
  target: Target,
  frames: readonly Frame[],
  people?: People,
): Promise<readonly string[]> {
  const faults = await Promise.all(frames.map((one) => tryFrame(target, one, people)));
  return faults.flatMap((fault, at) =>
    fault === undefined ? [] : [`${frames[at]?.text.slice(0, 100) ?? ""}: ${fault}`],
  );
}

async function tryFrame(target: Target, one: Frame, people?: People): Promise<string | undefined> {
  const page = await target.openPage(people?.mallory.cookie);
  const open = await openSocket(target, page);
  await say(open, resume(page));
  const text = one.text
    .replaceAll("(n)", "1")
    .replaceAll("(tree)", String(page.tree))
    .replaceAll("(session)", page.session)
    .replaceAll("(their session)", people?.alice.session ?? "");
  const ended = once(open.socket, "close");
  if (one.closes === undefined) open.last = text;
  open.socket.send(text);
  if (one.closes !== undefined) {
    const [code] = await ended;
    return one.closes.includes(Number(code)) ? undefined : `closed with ${String(code)}`;
  }
  if (!(await hears(open, `"code":"${one.refused}"`))) return `closed: ${open.heard.at(-1) ?? ""}`;
  // None of the author's lines ran for it: an honest answer shows what has run.
  open.last = `{"t":"event","n":2,"tree":${page.tree},"values":{"checkbox:Checkbox":true}}`;
  open.socket.send(open.last);
  await hears(open, '"done":2');
  open.socket.close();
  return open.heard.join("\n").includes("Seen: checkbox.") ? undefined : "the author's code ran";
}

/** Waits until something was said that holds this; false where the socket closed before. */
async function hears(open: Open, part: string): Promise<boolean> {
  const isHeard = (): boolean => open.heard.some((said) => said.includes(part));
  const isOver = (): boolean => open.socket.readyState !== WebSocket.OPEN;
  while (!isHeard() && !isOver())
    await Promise.race([once(open.socket, "message"), once(open.socket, "close")]);
  return isHeard();
}

/** Sends bytes below the level of messages; the server must end the connection by itself. */
export async function tryBytes(target: Target, all: readonly string[]): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const hex of all) {
    const page = await target.openPage();
    const { socket } = await openSocket(target, page);
    const ended = once(socket, "close");
    // The connection under the socket of `ws`, which would not send such bytes.
    const connection = (socket as unknown as { _socket: { write(bytes: Buffer): void } })._socket;
    connection.write(Buffer.from(hex.replaceAll(" ", ""), "hex"));
    const [code] = await ended;
    if (![1002, 1003, 1006, 1007, 1008, 1009].includes(Number(code)))
      wrong.push(`${hex.slice(0, 60)}: ${String(code)}`);
  }
  return wrong;
}
