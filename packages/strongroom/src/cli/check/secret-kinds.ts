/**
 * How secrets look that somebody has given a shape to, and what a text must be for an assignment to a telling name to
 * hold one. A table of our own: the scanners that there are bring dozens of packages, for shapes that a data app never
 * meets, and would still have to be kept from printing what they find.
 */
export interface SecretKind {
  readonly name: string;
  readonly pattern: RegExp;
}

export const secretKinds: readonly SecretKind[] = [
  { name: "A private key", pattern: /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/ },
  { name: "A key of age", pattern: /\bAGE-SECRET-KEY-1[0-9A-Z]{50,}/ },
  { name: "An access key of AWS", pattern: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/ },
  { name: "A token of GitHub", pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{50,})/ },
  { name: "A token of GitLab", pattern: /\bgl(?:pat|dt|rt)-[A-Za-z0-9_-]{20,}/ },
  { name: "A token of Slack", pattern: /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/ },
  { name: "A webhook of Slack", pattern: /hooks\.slack\.com\/services\/T\w+\/B\w+\/\w+/ },
  { name: "A key of Stripe", pattern: /\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}/ },
  { name: "A key of Google", pattern: /\bAIza[A-Za-z0-9_-]{35}/ },
  { name: "A client secret of Google", pattern: /\bGOCSPX-[A-Za-z0-9_-]{20,}/ },
  { name: "A key of a model's service", pattern: /\bsk-(?:ant-|proj-|svcacct-)?[A-Za-z0-9_-]{32,}/ },
  { name: "A token of npm", pattern: /\bnpm_[A-Za-z0-9]{36}\b/ },
  { name: "A token of Hugging Face", pattern: /\bhf_[A-Za-z0-9]{30,}/ },
  { name: "A key of SendGrid", pattern: /\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{30,}/ },
  { name: "A key of Azure storage", pattern: /AccountKey=[A-Za-z0-9+/]{60,}={0,2}/ },
  { name: "A signed token (JWT)", pattern: /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}/ },
  {
    name: "A URL with a password",
    pattern:
      /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/@:"'`$<>{}]*:(?!\*+@|x+@|pass(?:word)?@|secret@)[^\s/@"'`$<>{}]{3,}@/i,
  },
];

/** At its end the name says what stands there: `secretName` and `token_url` say something else. */
const tellingName =
  "[\\w.-]{0,80}(?:passw(?:or)?d|passwd|pwd|secret|token|api_?key|access_?key|private_?key|credential)s?";
const assignment = new RegExp(
  `["'\`]?\\b${tellingName}\\b["'\`]?\\s*(?:[:=]|=>)\\s*(["'\`])((?:(?!\\1)[^\\\\\\n]){6,400})\\1`,
  "gi",
);
/** What stands without quotes to the end of its line; what begins so is a reference or another form in all of them. */
const bareText = `([^\\s"'\`#;,{}()[\\]&*|>!$<%@]\\S{5,400}?)["']?\\s*(?:\\s[#;].*)?$`;
/** `key: text`, `key=text` and their like, as in YAML, INI files, properties and Dockerfiles. */
const bareAssignment = new RegExp(
  `^\\s*(?:-\\s+|export\\s+|ENV\\s+|ARG\\s+|//\\S{1,200}:)?["']?${tellingName}["']?\\s*(?::\\s+|=\\s*)${bareText}`,
  "i",
);
/** `KEY=text`, as shells read it, in any other text. */
const shellAssignment = new RegExp(`^\\s*(?:\\$\\s+)?(?:export\\s+)?${tellingName}=${bareText}`, "i");
const placeholders =
  /^env:|^\$|\$\{|^<.*>$|\*{3}|•|…|example|sample|change.?me|dummy|placeholder|your[-_ ]|xxxx|^(?:test|fake|none|null|undefined)/i;
/** A place, another store's name for a secret, a call: where it is, not what it is. */
const reference = /^[a-z][a-z0-9+-]*:|^(?:\.{1,2}|~)?(?:\/[\w.-]+){2,}$|^[A-Za-z]\w*\(.*\)$/i;

/** How a file gives names their texts. */
export type Writing = "quoted" | "bare" | "shell";

/** True for a line that gives a name such as `apiKey` a text that no person would type as a word. */
export function seemsSecret(line: string, writing: Writing = "quoted"): boolean {
  if ([...line.matchAll(assignment)].some(([, , text = ""]) => isRandom(text))) return true;
  if (writing === "quoted") return false;
  const [, text = ""] = (writing === "bare" ? bareAssignment : shellAssignment).exec(line) ?? [];
  return !reference.test(text) && isRandom(text);
}

/** Letters with digits or signs among them, without spaces, and too mixed for a word: 2.5 bits for each character. */
function isRandom(text: string): boolean {
  if (/\s/.test(text) || placeholders.test(text)) return false;
  // A path, a name in dots or dashes, a date, a call: words with something between them.
  if (/^(?:[A-Za-z]+|\d+)(?:[-_./:@][A-Za-z]+|[-_./:@]\d+)*$/.test(text)) return false;
  const isMixed = /[A-Za-z]/.test(text) && /[\d!#%&*+=?^~|]/.test(text);
  return isMixed && bitsPerCharacter(text) >= 2.5;
}

/** Shannon's entropy of a text's characters. */
function bitsPerCharacter(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
