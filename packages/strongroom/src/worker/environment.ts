/** Names that change how programs run: no secret is called so by anybody who means a secret. */
const reserved = /^(NODE_|LD_|DYLD_|PATH$|HOME$|TMPDIR$|TZ$|LANG$|LC_)/i;

/** Gives libraries what they look for in the environment: texts and numbers that stand above all sections. */
export function fillEnvironment(secrets: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(secrets)) {
    const isPlain = typeof value === "string" || typeof value === "number";
    if (!isPlain || !/^[A-Za-z_]\w*$/.test(name) || reserved.test(name) || String(value).includes("\0"))
      continue;
    process.env[name] = String(value);
  }
}
