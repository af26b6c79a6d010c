import { expect, test } from "vitest";
import type { Json } from "../../wire/schema.ts";
import { authSettings } from "./settings.ts";

const whole = {
  redirect_uri: "https://app.example.com/oauth2callback",
  client_id: "app",
  client_secret: "s",
  server_metadata_url: "https://id.example.com/.well-known/openid-configuration",
};
const { redirect_uri, ...provider } = whole;
const read = (section: Record<string, Json>, isOnLoopback = false) =>
  authSettings({
    section,
    places: { "": "secrets.toml:3", client_id: "secrets.toml:7" },
    isOnLoopback,
    base: "",
  });

test("one provider, several, or both are read", () => {
  expect([...read(whole).providers.keys()]).toEqual(["default"]);
  expect([...read({ redirect_uri, google: provider, "my-own": provider }).providers.keys()]).toEqual([
    "google",
    "my-own",
  ]);
  expect([...read({ ...whole, google: provider }).providers.keys()]).toEqual(["default", "google"]);
});

test("what is asked of a provider is Streamlit's default, and can be said otherwise", () => {
  const asked = (client_kwargs: Json) =>
    read({ ...whole, client_kwargs }).providers.get("default")?.parameters;
  expect(read(whole).providers.get("default")?.parameters).toEqual({
    scope: "openid email profile",
    prompt: "select_account",
  });
  expect(asked({ scope: "openid", prompt: "" })).toEqual({ scope: "openid" });
  expect(asked({ max_age: 300 })).toMatchObject({ max_age: "300" });
  expect(() => asked({ max_age: "5 minutes" })).toThrow("whole seconds");
});

test("a provider without TLS is one on this machine, for an app that nobody else reaches", () => {
  const plain = { ...whole, server_metadata_url: "http://localhost:8080/.well-known/openid-configuration" };
  expect(() => read(plain)).toThrow("server_metadata_url");
  expect(read(plain, true).providers.size).toBe(1);
  const far = { ...whole, server_metadata_url: "http://id.example.com/.well-known/openid-configuration" };
  expect(() => read(far, true)).toThrow("server_metadata_url");
});

test.each<[string, Record<string, Json>, string]>([
  ["no provider", { redirect_uri }, "secrets.toml:3"],
  ["no redirect address", provider, "auth.redirect_uri"],
  ["another path", { ...whole, redirect_uri: "https://app.example.com/callback" }, "auth.redirect_uri"],
  [
    "an address without TLS",
    { ...whole, redirect_uri: "http://app.example.com/oauth2callback" },
    "redirect_uri",
  ],
  ["an empty id", { ...whole, client_id: " " }, "secrets.toml:7 auth.client_id"],
  ["no secret", { ...whole, client_secret: 7 }, "auth.client_secret"],
  ["a weak cookie secret", { ...whole, cookie_secret: "changeme" }, "openssl rand -hex 32"],
  ["a cookie secret of one letter", { ...whole, cookie_secret: "a".repeat(64) }, "auth.cookie_secret"],
  ["tokens for the app's code", { ...whole, expose_tokens: ["id"] }, 'as: "viewer"'],
  ["a misspelt entry", { ...whole, client_idd: "x" }, 'Did you mean "client_id"'],
  ["a name with an underscore", { ...whole, my_own: provider }, "auth.my_own"],
  ["an entry of ours", { ...whole, client_kwargs: { state: "x" } }, "auth.client_kwargs.state"],
  ["scopes without openid", { ...whole, client_kwargs: { scope: "email" } }, "auth.client_kwargs.scope"],
])("%s stops the start, with the place and what was expected", (_, section, told) => {
  expect(() => read(section)).toThrow(told);
});
