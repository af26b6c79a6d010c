import type { AnyNode, CallExpression, ObjectExpression, Program } from "acorn";
import { expectedRule, readClause, type AccessRule } from "../../wire/access-rule.ts";
import { Bindings, keyName } from "./bindings.ts";
import type { PageFile } from "./pages.ts";

/** What `st.page` says of one page. */
export interface PageDeclaration {
  readonly path: string;
  readonly allow?: AccessRule;
  readonly title?: string;
  readonly icon?: string;
}

/** What the calls of `st.page` in one module say. */
export interface PageDeclarations {
  readonly declared: readonly PageDeclaration[];
  /** The statements themselves: they are read here, and never run. */
  readonly statements: readonly AnyNode[];
  readonly refused: readonly { readonly at: AnyNode; readonly message: string }[];
}

const none: PageDeclarations = { declared: [], statements: [], refused: [] };
const example = 'st.page("admin.ts", { allow: ["group:admins"] })';
const maxTitleChars = 300;
const maxIconChars = 100;

/** True for text that may hold such calls: a cheap look before the text is parsed. */
export function mayDeclarePages(text: string): boolean {
  return /\bpage\b/.test(text) && text.includes("strongroom");
}

/** Reads the calls of `st.page`; `pages` are those of the app, where the module is its first script. */
export function pageDeclarations(
  program: Program,
  code: string,
  pages: readonly PageFile[] | undefined,
): PageDeclarations {
  if (!mayDeclarePages(code)) return none;
  const bindings = new Bindings(program);
  const calls = bindings.calls.filter((call) => isPageCall(call, bindings));
  const declared: PageDeclaration[] = [];
  const statements: AnyNode[] = [];
  const refused: { at: AnyNode; message: string }[] = [];
  for (const call of calls) {
    const statement = bindings.parent(call);
    const isAtTop = statement?.type === "ExpressionStatement" && program.body.includes(statement);
    if (!isAtTop || pages === undefined) {
      refused.push({ at: call, message: misplaced });
      continue;
    }
    statements.push(statement);
    const read = declarationOf(call, pages);
    if ("message" in read) refused.push(read);
    else if (declared.some(({ path }) => path === read.path))
      refused.push({ at: call, message: "This page is declared above; write one st.page for each page." });
    else declared.push(read);
  }
  return { declared, statements, refused };
}

const misplaced =
  `st.page is read when the app compiles, before any page runs: write it in the app's first script, at the top level, ` +
  `as a statement of its own: ${example}.`;

/** `st.page(…)`, where `st` is ours. Any other way to call it throws when it runs. */
function isPageCall({ callee }: CallExpression, bindings: Bindings): boolean {
  if (callee.type !== "MemberExpression" || keyName(callee.property, callee.computed) !== "page")
    return false;
  if (callee.object.type !== "Identifier") return false;
  const sources = bindings.find(callee.object)?.sources ?? [];
  return sources.some(
    ({ kind, ...source }) => kind === "import" && "from" in source && source.from === "strongroom",
  );
}

type Refusal = { readonly at: AnyNode; readonly message: string };

function declarationOf(call: CallExpression, pages: readonly PageFile[]): PageDeclaration | Refusal {
  const [name, options, ...more] = call.arguments;
  const file = name === undefined ? undefined : textOf(name);
  if (name === undefined || file === undefined)
    return { at: name ?? call, message: `st.page: expected the page's file as text in quotes: ${example}.` };
  const page = pages.find((each) => namesOf(each).includes(file));
  if (page === undefined) {
    const known = pages.map((each) => namesOf(each)[0]).join(", ");
    return { at: name, message: `st.page: expected a page of this app: ${known}.` };
  }
  if (options?.type !== "ObjectExpression" || more.length > 0)
    return { at: options ?? call, message: `st.page: expected options in braces: ${example}.` };
  return optionsOf(options, page.path);
}

/** `admin.ts`, `pages/admin.ts`, and without the number that orders it. */
function namesOf({ file }: PageFile): readonly string[] {
  const name = file.split(/[\\/]/).at(-1) ?? "";
  const plain = name.replace(/^\d+[\s_.-]*(?=.)/u, "");
  return [name, `pages/${name}`, plain, `pages/${plain}`];
}

function optionsOf(options: ObjectExpression, path: string): PageDeclaration | Refusal {
  const read: { path: string; allow?: AccessRule; title?: string; icon?: string } = { path };
  for (const property of options.properties) {
    const key = property.type === "Property" ? keyName(property.key, property.computed) : undefined;
    if (property.type !== "Property" || property.kind !== "init" || key === undefined)
      return { at: property, message: `st.page: expected options that are written out: ${example}.` };
    switch (key) {
      case "allow": {
        const allow = ruleOf(property.value);
        if (allow === undefined) return { at: property.value, message: badRule };
        read.allow = allow;
        break;
      }
      case "title":
      case "icon": {
        const text = textOf(property.value);
        const most = key === "title" ? maxTitleChars : maxIconChars;
        if (text === undefined || text === "" || text.length > most)
          return {
            at: property.value,
            message: `st.page: \`${key}\` must be text in quotes of 1 to ${most} characters.`,
          };
        read[key] = text;
        break;
      }
      default:
        return { at: property, message: "st.page: expected one of the options allow, title, icon." };
    }
  }
  return read;
}

const badRule =
  `st.page: \`allow\` must be "anyone", "signed-in", or a list that is written out, each of it ${expectedRule}. ` +
  "It is read when the app compiles, so it cannot come from a value.";

function ruleOf(node: AnyNode): AccessRule | undefined {
  const text = textOf(node);
  if (text === "anyone" || text === "signed-in") return text;
  if (node.type !== "ArrayExpression" || node.elements.length === 0) return undefined;
  const clauses = node.elements.map((each) => (each === null ? undefined : textOf(each)));
  const fits = (each: string | undefined): each is string =>
    each !== undefined && readClause(each) !== undefined;
  return clauses.length <= 100 && clauses.every(fits) ? clauses : undefined;
}

/** Text that stands in the source as it is. */
function textOf(node: AnyNode): string | undefined {
  if (node.type === "Literal") return typeof node.value === "string" ? node.value : undefined;
  if (node.type !== "TemplateLiteral" || node.expressions.length > 0) return undefined;
  return node.quasis[0]?.value.cooked ?? undefined;
}
