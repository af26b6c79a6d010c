import { Visitor } from "../../identity/browser-without-screen.ts";
import { beginSignIn } from "../../identity/played-sign-in.ts";
import { neighbourOn } from "./on-socket.ts";
import type { OpenPage, Target } from "./target.ts";

interface SignedIn extends OpenPage {
  /** Closes the page: what it has is there as long as it is open. */
  readonly close: () => void;
  /** Names the sign-in to its owner. */
  readonly login: string;
}

/** Who has signed in at a server under attack. */
export interface People {
  /** The victim: an administrator with the page for those open. */
  readonly alice: SignedIn;
  /** The attacker, who may see the first page. */
  readonly mallory: SignedIn;
  /** An administrator until a moment ago: what her page had there, she has kept. */
  readonly eve: SignedIn;
}

/** Signs them in, and takes the role from one of them. */
export async function signInPeople(target: Target): Promise<People> {
  const { people } = target.provider;
  for (const name of ["alice", "eve"]) people.set(name, { groups: ["admins"] });
  const [alice, mallory, eve] = [
    await signIn(target, "alice", "/admin"),
    await signIn(target, "mallory", "/"),
    await signIn(target, "eve", "/admin"),
  ];
  people.set("eve", { groups: ["guests"] });
  return { alice, mallory, eve };
}

/** Until the provider is asked again: ten seconds at most. */
export async function roleIsGone(target: Target, { eve }: People): Promise<void> {
  for (let waited = 0; waited < 30_000; waited += 200) {
    if ((await statusOf(target, eve.cookie, "/admin")) !== 200) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error("The role that was taken away is still there.");
}

/** Are all of them signed in still, and is what is the victim's there for her? */
export async function areUnharmed(target: Target, people: People): Promise<boolean> {
  const { alice } = people;
  if (
    alice.slot === "" ||
    (await statusOf(target, alice.cookie, `/_strongroom/bytes/${alice.handle}`)) !== 200
  )
    return false;
  const all = Object.values<SignedIn>({ ...people });
  const lists = await Promise.all(all.map(({ cookie }) => loginOf(target, cookie)));
  return lists.every((login, at) => login === all[at]?.login);
}

async function signIn(target: Target, name: string, path: string): Promise<SignedIn> {
  using visitor = new Visitor();
  const to = await beginSignIn(visitor, target.origin);
  const back = await visitor.passProvider(to, name, (url) => url.origin === target.origin);
  await visitor.go(back);
  const cookie = visitor.cookies(target.host);
  const page = await target.openPage(cookie, path);
  const { close } = await neighbourOn(target, page);
  return { ...page, close, login: await loginOf(target, cookie) };
}

async function loginOf(target: Target, cookie: string): Promise<string> {
  const { body } = (await get(target, cookie, "/_strongroom/logins")) ?? {};
  // What our own server has written, of one sign-in.
  const { logins } = JSON.parse(body?.toString() ?? "{}") as {
    logins?: readonly { id: string; isThis: boolean }[];
  };
  return logins?.find(({ isThis }) => isThis)?.id ?? "";
}

const statusOf = async (target: Target, cookie: string, path: string): Promise<number> =>
  (await get(target, cookie, path))?.status ?? 0;

function get(target: Target, cookie: string, path: string): ReturnType<Target["send"]> {
  const head = `Host: ${target.host}\r\nConnection: close\r\nCookie: ${cookie}\r\n`;
  return target.send(`GET ${path} HTTP/1.1\r\n${head}\r\n`);
}
