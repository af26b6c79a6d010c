import type { Json } from "../wire/schema.ts";
import { isPlainObject } from "../wire/schema-structures.ts";

/** Names of settings, headers and keys that hold what nobody else may read. */
const secretName = /pass|secret|token|key|auth|credential|cookie|signature/i;
/** They hold a path. */
const paths = new Set(["ssl.key"]);

/** The connections' own credentials, to be hidden in what is answered. */
export function credentialsOf(connections: unknown): Json {
  return isPlainObject(connections) ? Object.values(connections).flatMap((each) => secretsOf(each, "")) : [];
}

function secretsOf(value: unknown, path: string): Json[] {
  if (typeof value === "string") {
    if (path === "url") return inUrl(value);
    return secretName.test(path) && !paths.has(path) ? partsOf(value) : [];
  }
  if (typeof value === "number") return secretName.test(path) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((item) => secretsOf(item, path));
  if (!isPlainObject(value)) return [];
  return Object.entries(value).flatMap(([name, item]) =>
    secretsOf(item, path === "" ? name : `${path}.${name}`),
  );
}

/** `Bearer abc`: the token alone is as secret as the whole. */
function partsOf(value: string): Json[] {
  const [, token] = /^(?:Basic|Bearer|Token) +(\S+)$/i.exec(value) ?? [];
  return token === undefined ? [value] : [value, token];
}

function inUrl(url: string): Json[] {
  if (!URL.canParse(url)) return [];
  const { password, searchParams } = new URL(url);
  const inQuery = [...searchParams].flatMap(([name, value]) => (secretName.test(name) ? [value] : []));
  let plain = password;
  try {
    plain = decodeURIComponent(password);
  } catch {
    // as it stands, then
  }
  return [...new Set([password, plain, ...inQuery])].filter((text) => text !== "");
}
