import { readArguments } from "./arguments.ts";
import { noLogins, plainText, withLogins, type KnownLogin } from "./open-logins.ts";

const heads = ["ID", "WHO", "PROVIDER", "DEVICE", "SINCE (UTC)", "LAST SEEN (UTC)"];

/** Prints who is signed in: no token, and nothing that opens anything. */
export async function loginsList(args: readonly string[]): Promise<number> {
  const { words, switches } = readArguments(args, { words: 1, switches: ["json"] });
  const found = (await withLogins(words[0], (read) => read())) ?? [];
  if (switches.has("json")) console.log(JSON.stringify(found.map(asJson), null, 2));
  else if (found.length === 0) console.log(noLogins);
  else console.log(table([heads, ...found.map(rowOf)]));
  return 0;
}

function rowOf({ id, who, login }: KnownLogin): readonly string[] {
  const { identity, device, seenAt } = login;
  return [id, plainText(who), identity.provider, device ?? "-", minute(identity.signedInAt), minute(seenAt)];
}

function asJson({ id, who, login }: KnownLogin): object {
  const { identity, device, seenAt } = login;
  const { issuer, subject, provider, signedInAt } = identity;
  const times = { since: new Date(signedInAt).toISOString(), lastSeen: new Date(seenAt).toISOString() };
  return { id, who, issuer, subject, provider, device: device ?? null, ...times };
}

function minute(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace("T", " ");
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = heads.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
