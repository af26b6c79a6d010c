/** What `[auth]` says, decoded: from here on nobody looks at the section itself. */
import { isLoopback } from "../../config/access.ts";
import { nearest } from "../../config/nearest.ts";
import { misfit, type ConfigProblem } from "../../config/problem.ts";
import { isPlainObject } from "../../wire/schema-structures.ts";
import type { Json } from "../../wire/schema.ts";
import { checkCookieSecret } from "./cookie-secret.ts";

export interface ProviderSettings {
  /** "default", or that of its section. */
  readonly name: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly metadataUrl: URL;
  /** Beside what the protocol itself needs: scope, prompt and such. */
  readonly parameters: Readonly<Record<string, string>>;
  /** So long ago somebody may have shown the provider who they are, in seconds: asked of it, and checked. */
  readonly maxAge?: number;
}

export interface AuthSettings {
  readonly redirectUri: URL;
  readonly providers: ReadonlyMap<string, ProviderSettings>;
}

export interface AuthSource {
  readonly section: Readonly<Record<string, Json>>;
  /** Where each entry stands: `client_id` or `google.client_id` → `secrets.toml:12`. */
  readonly places: Readonly<Record<string, string>>;
  /** Only this machine reaches the server: a provider on it needs no TLS. */
  readonly isOnLoopback: boolean;
  /** The path below which the app lives, or nothing. */
  readonly base: string;
}

export const callbackPath = "/oauth2callback";
export const defaultProvider = "default";
/** The built-in one, which stands for every other where an app is tried out. */
export const developmentProvider = "development";

const providerKeys = ["client_id", "client_secret", "server_metadata_url", "client_kwargs"];
const ownKeys = ["redirect_uri", "cookie_secret", "expose_tokens", ...providerKeys];
/** What a provider is asked that is not the configuration's to say. */
const protocolParameters: ReadonlySet<string> = new Set([
  "client_id",
  "client_secret",
  "response_type",
  "response_mode",
  "redirect_uri",
  "state",
  "nonce",
  "code_challenge",
  "code_challenge_method",
  "request",
  "request_uri",
]);
const defaults = { scope: "openid email profile", prompt: "select_account" } as const;

/** Decodes `[auth]`; what is wrong stops the start, with its line and the fix. */
export function authSettings(source: AuthSource): AuthSettings {
  const { section } = source;
  if (section["cookie_secret"] !== undefined)
    checkCookieSecret(section["cookie_secret"], problemAt(source, ["cookie_secret"]));
  if (section["expose_tokens"] !== undefined && section["expose_tokens"] !== false) {
    throw problemAt(source, ["expose_tokens"])(
      "no such entry",
      'The app\'s code never holds a token: call the API by st.connection("…", { as: "viewer" }).',
    );
  }
  const providers = new Map<string, ProviderSettings>();
  const hasDefault = providerKeys.some((key) => key !== "client_kwargs" && section[key] !== undefined);
  if (hasDefault) providers.set(defaultProvider, providerOf(source, [], section));
  for (const [name, value] of Object.entries(section)) {
    if (ownKeys.includes(name)) continue;
    providers.set(name, namedProvider(source, name, value));
  }
  if (providers.size === 0)
    throw problemAt(source, [])("client_id, client_secret and server_metadata_url, or a section [auth.NAME]");
  return { redirectUri: redirectUri(source), providers };
}

type Problem = (expected: string, advice?: string) => ConfigProblem;

function problemAt({ places }: AuthSource, keys: readonly string[]): Problem {
  // What is missing is told at the section that lacks it.
  const place = places[keys.join(".")] ?? places[keys.slice(0, -1).join(".")] ?? places[""] ?? "secrets.toml";
  return (expected, advice) => misfit({ place, name: ["auth", ...keys].join(".") }, expected, advice);
}

function namedProvider(source: AuthSource, name: string, value: Json): ProviderSettings {
  const problem = problemAt(source, [name]);
  if (!isPlainObject(value)) {
    const near = nearest(name, ownKeys);
    throw problem(
      "a known entry",
      near === undefined ? `Known: ${ownKeys.join(", ")}.` : `Did you mean "${near}"?`,
    );
  }
  const isTaken = name === defaultProvider || name === developmentProvider;
  if (isTaken || !/^[A-Za-z0-9-]{1,50}$/.test(name))
    throw problem('a name of letters, digits and hyphens, other than "default" and "development"');
  for (const key of Object.keys(value)) {
    if (!providerKeys.includes(key))
      throw problemAt(source, [name, key])(`one of ${providerKeys.join(", ")}`);
  }
  // Each entry is checked where it is read.
  return providerOf(source, [name], value as Readonly<Record<string, Json>>);
}

function providerOf(
  source: AuthSource,
  path: readonly string[],
  section: Readonly<Record<string, Json>>,
): ProviderSettings {
  const textOf = (key: string): string => {
    const value = section[key];
    if (typeof value !== "string" || value.trim() === "")
      throw problemAt(source, [...path, key])("text in quotes, as the provider shows it for this app");
    return value;
  };
  const parameters = parametersOf(source, [...path, "client_kwargs"], section["client_kwargs"]);
  const maxAge = parameters["max_age"];
  return {
    name: path[0] ?? defaultProvider,
    clientId: textOf("client_id"),
    clientSecret: textOf("client_secret"),
    metadataUrl: metadataUrl(
      textOf("server_metadata_url"),
      problemAt(source, [...path, "server_metadata_url"]),
      source,
    ),
    parameters,
    ...(maxAge === undefined ? {} : { maxAge: Number(maxAge) }),
  };
}

function metadataUrl(text: string, problem: Problem, { isOnLoopback }: AuthSource): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url?.protocol === "http:" && isOnLoopback && isLoopback(url.hostname);
  const isSafe = url?.protocol === "https:" || isPlain;
  if (
    url === undefined ||
    !isSafe ||
    url.username !== "" ||
    url.hash !== "" ||
    !url.pathname.includes("/.well-known/")
  ) {
    throw problem(
      'an address such as "https://accounts.example.com/.well-known/openid-configuration"',
      "Without TLS a provider is trusted on this machine only, for an app that only this machine reaches.",
    );
  }
  return url;
}

function redirectUri(source: AuthSource): URL {
  const text = source.section["redirect_uri"];
  const url = typeof text === "string" && URL.canParse(text) ? new URL(text) : undefined;
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url.hostname));
  const path = `${source.base}${callbackPath}`;
  if (url === undefined || !isSafe || url.href !== `${url.origin}${path}`) {
    throw problemAt(source, ["redirect_uri"])(
      `the app's own address and ${path}, such as "https://app.example.com${path}"`,
      `While you try it out: "http://localhost:8501${path}". Register the same address with the provider.`,
    );
  }
  return url;
}

function parametersOf(
  source: AuthSource,
  path: readonly string[],
  given: Json | undefined,
): Readonly<Record<string, string>> {
  if (given === undefined) return defaults;
  if (!isPlainObject(given)) throw problemAt(source, path)('a section such as { scope = "openid email" }');
  const parameters: Record<string, string> = {};
  for (const [key, value] of Object.entries<unknown>({ ...defaults, ...given })) {
    const problem = problemAt(source, [...path, key]);
    if (protocolParameters.has(key)) throw problem("no such entry", "Sign-in sets it itself.");
    if (typeof value !== "string" && typeof value !== "number") throw problem("text or a number");
    if (key === "max_age" && !/^\d{0,9}$/.test(String(value))) throw problem("whole seconds");
    // As Streamlit has it: an empty prompt asks for none.
    if (value !== "") parameters[key] = String(value);
  }
  if (!(parameters["scope"] ?? "").split(" ").includes("openid"))
    throw problemAt(source, [...path, "scope"])('scopes with "openid" among them');
  return parameters;
}
