import type { Heard } from "../../../packages/strongroom/src/gateway/self-attack/raw-client.ts";
import { newToken } from "../../../packages/strongroom/src/gateway/tokens.ts";
import type { Ask } from "../register/entry.ts";
import { leavingCookie } from "../../gateway/gateway-under-test.ts";
import type { People } from "./people.ts";
import { canary, type OpenPage, type Target } from "./target.ts";

/** What no answer may hold, whoever asks for what. */
const never = ["root:x:0:0", canary, "node:internal", "    at "];

/** Asks each; answers what went wrong, in words. */
export async function tryHttp(
  target: Target,
  { page, people }: { readonly page: OpenPage; readonly people: People },
  asks: readonly Ask[],
): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const one of asks) {
    const own = one.as === "signed-in" ? people.mallory : one.as === "demoted" ? people.eve : page;
    const fill = async (text: string): Promise<string> =>
      filledIn(await stolenIn(text, target, people), target, own);
    const heard = await target.send(await fill(written(one)));
    const lacks = await Promise.all((one.lacks ?? []).map(fill));
    const said = faults({ ...one, lacks }, heard, target.place.secure);
    wrong.push(
      ...said.map(
        (fault) => `${one.line.slice(0, 120)} ${(one.headers ?? []).join("; ").slice(0, 200)}: ${fault}`,
      ),
    );
  }
  return wrong;
}

function faults(one: Ask, heard: Heard | undefined, secure: boolean): readonly string[] {
  if (heard === undefined) return ["it was left waiting"];
  const { status, headers } = heard;
  const wrong: string[] = [];
  if (!one.status.includes(status)) wrong.push(`answered ${status}, not ${one.status.join(" or ")}`);
  if (status === 0 || status === 101) return wrong;
  const all = `${[...headers].join("\n")}\n${heard.body.toString("latin1")}`;
  for (const text of [...never, ...(one.lacks ?? [])])
    if (all.includes(text)) wrong.push(`the answer holds ${JSON.stringify(text)}`);
  for (const [name, value] of Object.entries({ ...onAll(secure), ...one.has }))
    if (headers.get(name) !== value) wrong.push(`${name} is ${headers.get(name) ?? "missing"}`);
  for (const name of ["server", "x-powered-by", "access-control-allow-origin"])
    if (headers.has(name)) wrong.push(`the answer has ${name}`);
  if (!/default-src 'none'/.test(headers.get("content-security-policy") ?? "")) wrong.push("no policy");
  const type = headers.get("content-type") ?? "";
  if (type.startsWith("text/") && !type.includes("charset=utf-8")) wrong.push(`${type} names no charset`);
  return wrong;
}

function onAll(secure: boolean): Readonly<Record<string, string>> {
  return {
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    ...(secure ? { "strict-transport-security": "max-age=63072000; includeSubDomains" } : {}),
  };
}

function written({ line, headers = [], body, as = "stranger" }: Ask): string {
  const all = new Map([
    ["host", "Host: (host)"],
    ["connection", "Connection: close"],
  ]);
  if (as !== "stranger") all.set("cookie", "Cookie: (cookie)");
  if (as !== "stranger" && as !== "viewer") {
    all.set("origin", "Origin: (origin)");
    all.set("sec-fetch-site", "Sec-Fetch-Site: same-origin");
  }
  if (body !== undefined) all.set("content-length", `Content-Length: ${Buffer.byteLength(body, "latin1")}`);
  const more: string[] = [];
  for (const header of headers) {
    const name = header.replace(/^[+-]/, "").split(":")[0]?.toLowerCase() ?? "";
    if (header.startsWith("+")) more.push(header.slice(1));
    else if (header.startsWith("-")) all.delete(name);
    else all.set(name, header);
  }
  const version = / HTTP\/\d\.\d$/.test(line) ? "" : " HTTP/1.1";
  return `${line}${version}\r\n${[...all.values(), ...more].join("\r\n")}\r\n\r\n${body ?? ""}`;
}

/** Puts in what somebody else's page has. */
async function stolenIn(text: string, target: Target, { alice }: People): Promise<string> {
  const filled = text
    .replaceAll("(their session)", alice.session)
    .replaceAll("(their slot)", alice.slot)
    .replaceAll("(their handle)", alice.handle)
    .replaceAll("(their login)", alice.login)
    .replaceAll("(their left)", leavingCookie(alice.session, "/"));
  return filled.includes("(their ticket)")
    ? filled.replaceAll("(their ticket)", await target.ticket(alice))
    : filled;
}

/** Puts in what a page of ours has; each ticket is a fresh one. */
async function filledIn(text: string, target: Target, page: OpenPage): Promise<string> {
  let filled = text
    .replaceAll("(host)", target.host)
    .replaceAll("(origin)", target.origin)
    .replaceAll("(port)", String(target.place.port))
    .replaceAll("(cookie)", page.cookie)
    .replaceAll("(cookie-name)", page.cookie.split("=")[0] ?? "")
    .replaceAll("(session)", page.session)
    .replaceAll("(slot)", page.slot)
    .replaceAll("(handle)", page.handle)
    .replaceAll("(left)", leavingCookie(page.session, "/admin"))
    .replaceAll("(token)", newToken());
  while (filled.includes("(ticket)")) filled = filled.replace("(ticket)", await target.ticket(page));
  return filled;
}
