import { expect, test } from "vitest";
import { may } from "../gateway/access/may.ts";
import { readArguments } from "./arguments.ts";
import {
  developerFlags,
  developerIdentity,
  hasDevelopmentSignIn,
  readDeveloper,
  type Developer,
} from "./developer.ts";

const server = { host: "127.0.0.1", allowedOrigins: [] as readonly string[] };
const access = { groupsClaim: "realm.groups", rolesClaim: "roles" };
type Config = Parameters<typeof developerIdentity>[1];

function read(...args: readonly string[]): Developer | undefined {
  return readDeveloper(readArguments(args, { words: 0, values: developerFlags }));
}

function identity(host: string, allowedOrigins: readonly string[], isEditing: boolean): unknown {
  const named = { email: "alice@example.com", groups: ["hr"], roles: ["admin"] };
  // Of a configuration only these are looked at.
  const config = { server: { ...server, host, allowedOrigins }, access } as unknown as Config;
  return developerIdentity(named, config, isEditing);
}

test("--as names an address, with groups and roles", () => {
  expect(read("--as", "alice@example.com", "--groups", "hr, ops")).toEqual({
    email: "alice@example.com",
    groups: ["hr", "ops"],
    roles: [],
  });
  expect(read()).toBeUndefined();
  expect(() => read("--as", "alice")).toThrow("an e-mail address");
  expect(() => read("--groups", "hr")).toThrow("--as alice@example.com");
});

test("rules judge whom it names by the claims that the configuration names", () => {
  const alice = identity("localhost", [], true) as ReturnType<typeof developerIdentity>;
  const names = { groups: access.groupsClaim, roles: access.rolesClaim };
  for (const rule of ["*@example.com", "group:hr", "role:admin"])
    expect(may([rule], alice, names).ok).toBe(true);
  for (const rule of ["*@x.com", "group:ops", "role:hr"]) expect(may([rule], alice, names).ok).toBe(false);
});

const reached: readonly [string, string, readonly string[], boolean][] = [
  ["from other machines", "0.0.0.0", [], true],
  ["from other machines, by IPv6", "::", [], true],
  ["by a proxy", "127.0.0.1", ["https://app.example.com"], true],
  ["where nobody edits it", "127.0.0.1", [], false],
];

test.each(reached)("is refused where the app is reached %s", (_, host, origins, isEditing) => {
  expect(() => identity(host, origins, isEditing)).toThrow("Leave --as away");
});

test.each(reached)(
  "the built-in provider is refused where the app is reached %s",
  (_, host, allowedOrigins, isEditing) => {
    const auth = { provider: "development" } as const;
    const config = { auth, server: { ...server, host, allowedOrigins } } as unknown as Parameters<
      typeof hasDevelopmentSignIn
    >[0];
    expect(() => hasDevelopmentSignIn(config, isEditing)).toThrow("Set up a provider");
    expect(
      hasDevelopmentSignIn({ ...config, auth: { ...config.auth, provider: undefined } }, isEditing),
    ).toBe(false);
  },
);

test("an app that has an address for others is reached by them, whatever else is said", () => {
  const url = "https://app.example.com";
  const named = { email: "alice@example.com", groups: [], roles: [] };
  const auth = { provider: "development" } as const;
  const config = { auth, access, server: { ...server, url } } as unknown as Config;
  expect(() => developerIdentity(named, config, true)).toThrow("Leave --as away");
  expect(() => hasDevelopmentSignIn(config as never, true)).toThrow("Set up a provider");
});
