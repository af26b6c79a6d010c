/**
 * The rules by which Mozilla's HTTP Observatory grades a site, as a table: what each answers is added to 100, bonuses
 * only where the score without them is at least 90. A grade of A+ begins at 100.
 */
export interface Graded {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly html: string;
  /** What a plain request is answered where TLS is served. */
  readonly secure: boolean;
}

interface Rule {
  readonly name: string;
  readonly score: (graded: Graded) => number;
}

const one = ({ headers }: Graded, name: string): string => String(headers[name] ?? "");
const csp = (graded: Graded): ReadonlyMap<string, string> =>
  new Map(
    one(graded, "content-security-policy")
      .split(";")
      .map((part) => part.trim())
      .map((part) => [part.split(" ")[0] ?? "", part.split(" ").slice(1).join(" ")] as const),
  );
const sources = (graded: Graded, name: string): string =>
  csp(graded).get(name) ?? csp(graded).get("default-src") ?? "*";

export const rules: readonly Rule[] = [
  {
    name: "content security policy",
    score: (graded) => {
      if (one(graded, "content-security-policy") === "") return -25;
      const script = sources(graded, "script-src");
      if (/'unsafe-inline'|data:|(^| )(\*|https?:)( |$)/.test(`${script} ${sources(graded, "object-src")}`))
        return -20;
      if (script.includes("'unsafe-eval'")) return -10;
      if (sources(graded, "style-src").includes("'unsafe-inline'")) return 0;
      return csp(graded).get("default-src") === "'none'" ? 10 : 5;
    },
  },
  {
    name: "cookies",
    score: ({ headers, secure }) => {
      const cookies = [headers["set-cookie"] ?? []].flat();
      if (cookies.length === 0) return 0;
      if (cookies.some((cookie) => secure && !/; *Secure/i.test(cookie))) return -40;
      if (cookies.some((cookie) => !/; *HttpOnly/i.test(cookie))) return -30;
      if (cookies.some((cookie) => !/; *SameSite=(Lax|Strict)/i.test(cookie))) return -20;
      return 5;
    },
  },
  {
    name: "cross-origin reading",
    score: (graded) => {
      const origin = one(graded, "access-control-allow-origin");
      return origin === "" ? 0 : one(graded, "access-control-allow-credentials") === "true" ? -50 : -10;
    },
  },
  {
    name: "strict transport security",
    score: (graded) => {
      if (!graded.secure) return -20;
      const seconds = Number(/max-age=(\d+)/.exec(one(graded, "strict-transport-security"))?.[1] ?? 0);
      return seconds === 0 ? -20 : seconds < 15_768_000 ? -10 : 0;
    },
  },
  {
    name: "referrer policy",
    score: (graded) => {
      const policy = one(graded, "referrer-policy");
      if (policy === "") return 0;
      return /^(no-referrer|same-origin|strict-origin|strict-origin-when-cross-origin)$/.test(policy)
        ? 5
        : -5;
    },
  },
  {
    name: "scripts of others",
    score: ({ html }) => {
      const scripts = [...html.matchAll(/<script[^>]*\bsrc="([^"]*)"[^>]*>/g)];
      const foreign = scripts.filter(([, src]) => /^(https?:)?\/\//.test(src ?? ""));
      if (foreign.length > 0) return foreign.every(([tag]) => tag.includes("integrity=")) ? 0 : -50;
      return scripts.length > 0 && scripts.every(([tag]) => tag.includes("integrity=")) ? 5 : 0;
    },
  },
  {
    name: "content types",
    score: (graded) => (one(graded, "x-content-type-options") === "nosniff" ? 0 : -5),
  },
  {
    name: "framing",
    score: (graded) => {
      const ancestors = csp(graded).get("frame-ancestors");
      if (ancestors !== undefined && !/(^| )(\*|https?:)( |$)/.test(ancestors)) return 5;
      return /^(DENY|SAMEORIGIN)$/.test(one(graded, "x-frame-options")) ? 0 : -20;
    },
  },
  {
    name: "cross-origin resource policy",
    score: (graded) => (/^same-(origin|site)$/.test(one(graded, "cross-origin-resource-policy")) ? 10 : 0),
  },
  {
    name: "cross-origin embedder policy",
    score: (graded) =>
      /^(require-corp|credentialless)$/.test(one(graded, "cross-origin-embedder-policy")) ? 10 : 0,
  },
  {
    name: "cross-origin opener policy",
    score: (graded) => (one(graded, "cross-origin-opener-policy") === "same-origin" ? 10 : 0),
  },
];

/** The score, and what each rule gave. */
export function grade(graded: Graded): {
  readonly score: number;
  readonly parts: Readonly<Record<string, number>>;
} {
  const parts = Object.fromEntries(rules.map(({ name, score }) => [name, score(graded)]));
  const values = Object.values(parts);
  const bare = 100 + values.filter((value) => value < 0).reduce((sum, value) => sum + value, 0);
  const bonus = values.filter((value) => value > 0).reduce((sum, value) => sum + value, 0);
  return { score: Math.max(0, bare >= 90 ? bare + bonus : bare), parts };
}
