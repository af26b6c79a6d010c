import type { AnyNode, CallExpression, Program } from "acorn";
import { Bindings, keyName } from "./bindings.ts";
import { BuiltText } from "./built-text.ts";
import { ConnectionValues, type Origin } from "./connection-values.ts";

/** A call whose text is put together from values. */
export interface BuiltQuery {
  /** Where the text is put together, and where it is given to the call. */
  readonly at: AnyNode;
  readonly call: CallExpression;
  readonly message: string;
  /** Names of other modules, one of which must be a connection; none where the call's own module shows it. */
  readonly onlyIf: readonly Origin[];
}

/** What is found out about the calls on connections of one module. */
export interface QueryCalls {
  readonly built: readonly BuiltQuery[];
  /** Calls whose text is known to stand in the source. */
  readonly constant: readonly CallExpression[];
  readonly exports: ReadonlyMap<string, readonly Origin[]>;
}

const sqlMethods: ReadonlySet<string> = new Set(["query", "execute"]);
const httpMethods: ReadonlySet<string> = new Set(["get", "head", "post", "put", "patch", "delete"]);

/** A call of a query, a path given as text, or names that are handed on. */
const signs = /connection|\.(?:query|execute)\b|\.(?:get|head|post|put|patch|delete)\(\s*[`"']|\bexport\s*\{/;

/** True for text that may hold connections or calls on one: a cheap look before the text is parsed. */
export function mayHoldQueries(text: string): boolean {
  return signs.test(text);
}

/** The calls on connections whose text is built from values, and those whose text surely is not. */
export function queryCalls(program: Program): QueryCalls {
  const bindings = new Bindings(program);
  const connections = new ConnectionValues(bindings);
  const texts = new BuiltText(bindings);
  const built: BuiltQuery[] = [];
  const constant: CallExpression[] = [];
  for (const call of bindings.calls) {
    const method = methodOf(call, bindings);
    const [text] = call.arguments;
    if (method === undefined || text === undefined || text.type === "SpreadElement") continue;
    const origins = connections.originsOf(method.of);
    const isOurs = isOurWayToAsk(call, method.name);
    if (origins.length === 0 && !isOurs) continue;
    const isHere = origins.some(({ kind }) => kind === "here");
    const kind = isMadeUpList(text) ? ({ kind: "built", at: text } as const) : texts.kindOf(text);
    if (kind.kind === "constant" && isHere && sqlMethods.has(method.name) && call.arguments.length <= 2)
      constant.push(call);
    if (kind.kind !== "built") continue;
    const message = messageFor(method.name, text);
    built.push({ at: kind.at, call, message, onlyIf: isHere || isOurs ? [] : origins });
  }
  return { built, constant, exports: connections.exports(program) };
}

/** The method that a call calls, and what it is a method of. */
function methodOf({ callee }: CallExpression, bindings: Bindings): { name: string; of: AnyNode } | undefined {
  if (callee.type === "MemberExpression") {
    const name = keyName(callee.property, callee.computed);
    return name !== undefined && (sqlMethods.has(name) || httpMethods.has(name))
      ? { name, of: callee.object }
      : undefined;
  }
  if (callee.type !== "Identifier") return undefined;
  // `const { query } = db`, `const query = db.query`
  for (const source of bindings.find(callee)?.sources ?? []) {
    if (source.kind !== "value") continue;
    const [name, ...rest] = source.path;
    if (name !== undefined && rest.length === 0 && (sqlMethods.has(name) || httpMethods.has(name)))
      return { name, of: source.node };
    const { node } = source;
    if (name === undefined && node.type === "MemberExpression") {
      const member = keyName(node.property, node.computed);
      if (member !== undefined && (sqlMethods.has(member) || httpMethods.has(member)))
        return { name: member, of: node.object };
    }
  }
  return undefined;
}

/** `….query(text, { params: … })` is how our connections are asked, whatever way the connection came here. */
function isOurWayToAsk({ arguments: given }: CallExpression, method: string): boolean {
  const [, options] = given;
  return (
    sqlMethods.has(method) &&
    options?.type === "ObjectExpression" &&
    options.properties.some(
      (each) =>
        each.type === "Property" &&
        keyName(each.key, each.computed) === "params" &&
        each.value.type !== "ArrayExpression",
    )
  );
}

/** A list that only looks like a template's: `[text]`, `Object.assign([text], { raw: [text] })`. */
function isMadeUpList(node: AnyNode): boolean {
  if (node.type === "ArrayExpression" || node.type === "ObjectExpression") return true;
  return (
    node.type === "CallExpression" &&
    node.callee.type === "MemberExpression" &&
    node.callee.object.type === "Identifier" &&
    node.callee.object.name === "Object"
  );
}

function messageFor(method: string, text: AnyNode): string {
  if (httpMethods.has(method)) {
    const fix =
      text.type === "TemplateLiteral"
        ? `Leave the round brackets out: api.${method}\`/users/\${id}\` encodes each value.`
        : `Write api.${method}\`/users/\${id}\`, which encodes each value, and what follows a question mark as \`query\`.`;
    return `This path is put together from values, so a viewer could lead it elsewhere. ${fix}`;
  }
  const fix =
    text.type === "TemplateLiteral"
      ? `Leave the round brackets out: db.${method}\`… \${value} …\` sends values beside the text.`
      : `Write db.${method}\`… \${value} …\`, or db.${method}("… :value …", { params: { value } }).`;
  return `This query's text is put together from values, so a viewer could write SQL. ${fix} A name that varies is written \${db.identifier(name, ["price", "date"])}.`;
}
