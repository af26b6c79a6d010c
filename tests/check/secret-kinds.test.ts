import { expect, test } from "vitest";
import { secretKinds, seemsSecret } from "../../packages/strongroom/src/cli/check/secret-kinds.ts";

const some = "aB3dE5gH7jK9mN2pQ4sT6vX8zC1fW0yRuIoPlKj";

/** A made-up secret of each kind, put together here so that this file holds none. */
const shaped: Readonly<Record<string, string>> = {
  "A private key": ["-----BEGIN RSA ", "PRIVATE KEY-----"].join(""),
  "A key of age": ["AGE-SECRET-", `KEY-1${"QPZRY9X8GF".repeat(6)}`].join(""),
  "An access key of AWS": ["AKIA", "ABCDEFGH12345678"].join(""),
  "A token of GitHub": ["ghp", some].join("_"),
  "A token of GitLab": ["glpat", some].join("-"),
  "A token of Slack": ["xoxb", some].join("-"),
  "A webhook of Slack": ["https://hooks.slack.com/services/T01", "B02", some].join("/"),
  "A key of Stripe": ["sk", "live", some].join("_"),
  "A key of Google": `AIza${some.slice(0, 35)}`,
  "A client secret of Google": ["GOCSPX", some].join("-"),
  "A key of a model's service": ["sk", "ant", some].join("-"),
  "A token of npm": ["npm", some.slice(0, 36)].join("_"),
  "A token of Hugging Face": ["hf", some].join("_"),
  "A key of SendGrid": ["SG", some, some].join("."),
  "A key of Azure storage": `AccountKey=${some}${some}==`,
  "A signed token (JWT)": [`eyJ${some}`, `eyJ${some}`, some].join("."),
  "A URL with a password": ["postgres://app:", "s3cr3tly@db.example.com/shop"].join(""),
};

test.each(secretKinds.map(({ name, pattern }) => [name, pattern] as const))(
  "%s is known by its shape",
  (name, pattern) => {
    expect(pattern.test(`const a = "${shaped[name] ?? ""}";`)).toBe(true);
  },
);

test.each([
  `const password = "${some.slice(0, 12)}";`,
  `apiKey: '${some}',`,
  `"client_secret": "${some}"`,
  `token = "${some.slice(4, 24)}"`,
  'password = "hunter2!"',
])("a telling name with a text that is no word: %s", (line) => {
  expect(seemsSecret(line)).toBe(true);
});

test.each([
  'const label = { password: "Password" };',
  'const password = st.textInput("Password 1", { type: "password" });',
  'password: "Your password, please"',
  'const token = st.secrets["api_token"];',
  'token: "env:API_TOKEN_2"',
  'const apiKey = "your-api-key-1";',
  'secretName = "mail.password"',
  'const passwordUrl = "https://example.com/reset2";',
  'password = "********"',
  "const token = `${a}-${b}1234`;",
  'import { token } from "./token2.ts";',
])("what is no secret: %s", (line) => {
  expect(seemsSecret(line)).toBe(false);
});

test.each([
  `password: ${some.slice(0, 12)}`,
  `  api_key: ${some}  # of the shop`,
  `db.password=${some.slice(0, 12)}`,
  `client_secret = ${some}`,
  `      - DB_PASSWORD=${some.slice(0, 14)}`,
  `      - "DB_PASSWORD=${some.slice(0, 14)}"`,
  `ENV API_TOKEN=${some}`,
  `//registry.example.org/:_authToken=${some}`,
  "password: hunter2!",
  `password: "${some.slice(0, 12)}"`,
])("a telling name with a text without quotes: %s", (line) => {
  expect(seemsSecret(line, "bare")).toBe(true);
});

test.each([
  "password: secret",
  "password: ${{ secrets.PASSWORD_1 }}",
  "password: $DB_PASSWORD1",
  "token: !secret api_token_1",
  "token: *token1-of-the-shop",
  "password: <the password 1>",
  "secretName: mail-tls-cert1x",
  "secret: mail-tls-2",
  "token_url: https://id.example.com/oauth2/token",
  "token: https://id.company.com/oauth2/t0ken",
  "secret: vault:kv/data/shop#password1",
  "credentials: arn:aws:secretsmanager:eu-west-1:1234:secret:a1b2",
  "password = /run/secrets/db_password_1",
  "password = ./secrets/db1.txt",
  "password = ENC(a1B2c3D4e5F6)",
  "password = %(db_password_1)s",
  "password: {{ db_password_1 }}",
  "max_tokens: 1000000",
  "password: change-me-1",
  "password: correct horse 1 battery",
  "password:",
  "passwords:",
])("what is no secret without quotes: %s", (line) => {
  expect(seemsSecret(line, "bare")).toBe(false);
});

test.each([
  [`API_TOKEN=${some}`, true],
  [`export DB_PASSWORD=${some.slice(0, 12)}`, true],
  [`$ export DB_PASSWORD=${some.slice(0, 12)}`, true],
  ["export DB_PASSWORD=$(cat /run/secrets/db1)", false],
  [`The password: ${some}`, false],
  ["TOKEN=your-token-1", false],
])("in shells and prose only as shells write it: %s, %s", (line, isFound) => {
  expect(seemsSecret(line, "shell")).toBe(isFound);
  expect(seemsSecret(line)).toBe(false);
});

test("a line that goes on and on is looked at in no time that somebody would notice", () => {
  const long = "a-".repeat(9_000);
  for (const line of [long, `password: ${long}`, `${long}password`, `password=${"x".repeat(18_000)}`])
    expect(seemsSecret(line, "bare")).toBe(false);
});

test.each([
  "postgres://app:password@db/shop",
  "postgres://app:${password}@db/shop",
  "https://example.com:8443/@a",
])("a URL without a password of its own: %s", (url) => {
  expect(secretKinds.some(({ pattern }) => pattern.test(url))).toBe(false);
});
