import type { Answered, Visitor } from "./browser-without-screen.ts";

/** Begins a sign-in as a page's script does; answers where the browser goes. */
export async function beginSignIn(
  visitor: Visitor,
  origin: string,
  query: Readonly<Record<string, string>> = {},
): Promise<URL> {
  await visitor.go(`${origin}/`);
  const headers = { origin, "sec-fetch-site": "same-origin" };
  const { body } = await visitor.go(`${origin}/_strongroom/ticket`, { method: "POST", headers });
  const { ticket } = JSON.parse(body) as { ticket: string };
  const to = `${origin}/_strongroom/login?${new URLSearchParams({ ticket, ...query })}`;
  return new URL((JSON.parse((await visitor.go(to, { method: "POST", headers })).body) as { to: string }).to);
}

/** Sends a form of the built-in provider; it comes from its own page where nothing else is said. */
export function sendForm(
  visitor: Visitor,
  at: URL,
  fields: Readonly<Record<string, string>>,
  origin: string = at.origin,
): Promise<Answered> {
  const body = new URLSearchParams(fields).toString();
  return visitor.go(at, { method: "POST", headers: { origin }, body });
}

/** Where a page of ours goes on to. */
export function leadsTo({ body }: Answered): URL {
  return new URL((/url=([^"]+)"/.exec(body)?.[1] ?? "").replaceAll("&amp;", "&"));
}

/** The whole of it, by the built-in provider. */
export async function signInAs(
  visitor: Visitor,
  origin: string,
  fields: Readonly<Record<string, string>>,
  query: Readonly<Record<string, string>> = {},
): Promise<Answered> {
  const asked = await beginSignIn(visitor, origin, query);
  return visitor.go(leadsTo(await sendForm(visitor, asked, fields)));
}
