import type { AnyNode, Identifier } from "acorn";
import { keyName, type Bindings } from "./bindings.ts";
import { namesReadIn } from "./names-read.ts";
import { walk } from "./syntax-tree.ts";

/** Methods that change what they are called on. */
const changing: ReadonlySet<string> = new Set(
  "push pop shift unshift splice sort reverse fill copyWithin set add delete clear assign defineProperty append".split(
    " ",
  ),
);

/** What a piece of code changes. */
export function targetsOf(node: AnyNode): readonly AnyNode[] {
  if (node.type === "AssignmentExpression") return partsOf(node.left);
  if (node.type === "ForOfStatement" || node.type === "ForInStatement")
    return node.left.type === "VariableDeclaration" ? [] : partsOf(node.left);
  if (node.type === "UpdateExpression") return [node.argument];
  if (node.type === "UnaryExpression") return node.operator === "delete" ? [node.argument] : [];
  if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression") return [];
  const { object, property, computed } = node.callee;
  if (!changing.has(keyName(property, computed) ?? "")) return [];
  return [object, ...node.arguments.slice(0, 1)];
}

/** The names and members that a pattern gives values to. */
export function partsOf(pattern: AnyNode | null): readonly AnyNode[] {
  switch (pattern?.type) {
    case "ObjectPattern":
      return pattern.properties.flatMap((property) =>
        partsOf(property.type === "Property" ? property.value : property.argument),
      );
    case "ArrayPattern":
      return pattern.elements.flatMap(partsOf);
    case "AssignmentPattern":
      return partsOf(pattern.left);
    case "RestElement":
      return partsOf(pattern.argument);
    default:
      return pattern ? [pattern] : [];
  }
}

/** `list` of `list.rows[0].name`. */
export function rootOf(node: AnyNode): Identifier | undefined {
  const base = baseOf(node);
  return base.type === "Identifier" ? base : undefined;
}

/** What members are taken of: `await f()` of `(await f()).name`. */
export function baseOf(node: AnyNode): AnyNode {
  let at = node;
  while (at.type === "MemberExpression") at = at.object;
  return at;
}

/** True where a call changes what its method is called on. */
export function isMethodOf(target: AnyNode, change: AnyNode): boolean {
  return (
    change.type === "CallExpression" &&
    change.callee.type === "MemberExpression" &&
    change.callee.object === target
  );
}

/** How packages are told for whom they work. */
const setting = /^(?:set(?:[A-Z]\w*)?|locale|changeLanguage|login|authenticate)$/;

/** `i18n` of `i18n.changeLanguage(language);`: a call for its effect alone, with something that does not stand in the source. */
export function settingOf(node: AnyNode, bindings: Bindings): Identifier | undefined {
  if (node.type !== "ExpressionStatement") return undefined;
  const call = node.expression.type === "AwaitExpression" ? node.expression.argument : node.expression;
  if (call.type !== "CallExpression") return undefined;
  const { callee, arguments: given } = call;
  const name = callee.type === "Identifier" ? importedName(callee, bindings) : memberName(callee);
  const isSetting = name !== undefined && setting.test(name) && given.length > 0 && given.length < 3;
  return isSetting && given.some(({ type }) => type !== "Literal") ? rootOf(callee) : undefined;
}

/** True for `axios.defaults.baseURL = "…"`: what is assigned is the same whoever looks. */
export function isSameForAll(change: AnyNode, bindings: Bindings): boolean {
  if (change.type !== "AssignmentExpression" || change.operator !== "=") return false;
  let isSame = true;
  walk(change.right, (node) => {
    isSame &&= !/^(?:Call|New|Await|Import|Tagged|Function|Arrow|Class)/.test(node.type);
    return isSame;
  });
  return isSame && namesReadIn(change.right, bindings).every((name) => isSecretOrEnvironment(name, bindings));
}

/** `st.secrets` and `process.env`. */
function isSecretOrEnvironment(name: Identifier, bindings: Bindings): boolean {
  const member = memberName(bindings.parent(name));
  const [source] = bindings.find(name)?.sources ?? [];
  if (source === undefined) return name.name === "process" && member === "env";
  const isSt = source.kind === "import" && source.from === "strongroom" && source.name === "st";
  return isSt && member === "secrets";
}

function importedName(name: Identifier, bindings: Bindings): string | undefined {
  const [source] = bindings.find(name)?.sources ?? [];
  return source?.kind === "import" ? source.name : undefined;
}

function memberName(node: AnyNode | undefined): string | undefined {
  return node?.type === "MemberExpression" ? keyName(node.property, node.computed) : undefined;
}
