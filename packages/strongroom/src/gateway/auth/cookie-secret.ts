import type { ConfigProblem } from "../../config/problem.ts";

const minChars = 32;
const minDifferent = 10;

/**
 * Refuses a cookie secret that could be guessed. Nothing here rests on it, since a sign-in is a random name and not a
 * signed text; who brings the file along from elsewhere may use it there, too.
 */
export function checkCookieSecret(
  secret: unknown,
  problem: (expected: string, advice: string) => ConfigProblem,
): void {
  const isStrong =
    typeof secret === "string" && secret.length >= minChars && new Set(secret).size >= minDifferent;
  if (isStrong) return;
  throw problem(
    `at least ${minChars} random characters, or no such entry (it is not needed here)`,
    "Make one with: openssl rand -hex 32",
  );
}
