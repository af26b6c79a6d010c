/** Headers that no answer may lack, and those that none may have. */
const required: Readonly<Record<string, RegExp>> = {
  "cache-control": /^no-store$/,
  "content-security-policy": /^default-src 'none'; (?!.*unsafe-)(?=.*base-uri 'none')(?=.*frame-ancestors )/,
  "cross-origin-embedder-policy": /^require-corp$/,
  "cross-origin-opener-policy": /^same-origin$/,
  "cross-origin-resource-policy": /^same-origin$/,
  "origin-agent-cluster": /^\?1$/,
  "permissions-policy": /geolocation=\(\)/,
  "referrer-policy": /^no-referrer$/,
  "x-content-type-options": /^nosniff$/,
  "x-frame-options": /^DENY$/,
  "x-permitted-cross-domain-policies": /^none$/,
};
const overTls: Readonly<Record<string, RegExp>> = {
  "strict-transport-security": /^max-age=\d{8,}; includeSubDomains/,
};
const forbidden = [
  "access-control-allow-origin",
  "access-control-allow-credentials",
  "server",
  "sourcemap",
  "x-powered-by",
];

/** What is wrong with the headers of an answer that is no asset. */
export function missingHeaders(headers: ReadonlyMap<string, string>, secure: boolean): readonly string[] {
  const needed = Object.entries(secure ? { ...required, ...overTls } : required);
  return [
    ...needed.filter(([name, fits]) => !fits.test(headers.get(name) ?? "")).map(([name]) => name),
    ...forbidden.filter((name) => headers.has(name)).map((name) => `the absence of ${name}`),
  ];
}
