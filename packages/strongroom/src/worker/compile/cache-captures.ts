import type { AnyNode, CallExpression, Identifier, Program } from "acorn";
import { isFunction, keyName, type Binding, type Bindings } from "./bindings.ts";
import { rootOf, targetsOf } from "./changes.ts";
import { isWithin, namesReadIn, outerThisIn } from "./names-read.ts";
import { walk } from "./syntax-tree.ts";

/** A piece of code that cannot stand in a cached function. */
export interface Refused {
  readonly at: AnyNode;
  readonly message: string;
}

/** A name that a cached function reads from around it: what it stands for is part of the key of each call. */
export interface Captured {
  readonly name: string;
  /** It is read in the function itself, which gets the value that the key was made of. */
  readonly isGiven: boolean;
  /** It is read by other functions, which see the name itself. */
  readonly isSeen: boolean;
}

export interface Captures {
  readonly captured: readonly Captured[];
  readonly refused: readonly Refused[];
}

/** One way through a cached function and all that it calls. */
interface Walk {
  readonly call: CallExpression;
  readonly found: Map<string, Captured>;
  readonly refused: Refused[];
  readonly seen: Set<AnyNode>;
}

/**
 * What cached functions read from around them. All that is made in a run (names of a page, and names of the functions and
 * loops around the call) becomes part of the key, so that nothing has to be known of where it comes from. Left out is only
 * what can be no other in another run: imports, `st`, secrets, fixed formats, and functions, into which the way goes on.
 */
export class CacheCaptures {
  readonly #program: Program;
  readonly #bindings: Bindings;
  readonly #isPage: boolean;
  readonly #classes = new Map<Binding, AnyNode>();
  /** Names of which something is assigned or changed. */
  readonly #changed = new Set<Binding>();

  constructor(program: Program, bindings: Bindings, isPage: boolean) {
    this.#program = program;
    this.#bindings = bindings;
    this.#isPage = isPage;
    walk(program, (node) => {
      const ofClass = node.type === "ClassDeclaration" && node.id ? bindings.find(node.id) : undefined;
      if (ofClass !== undefined) this.#classes.set(ofClass, node);
      for (const target of targetsOf(node)) {
        const name = rootOf(target);
        const binding = name === undefined ? undefined : bindings.find(name);
        if (binding !== undefined) this.#changed.add(binding);
      }
      return true;
    });
  }

  /** What the function of a call reads from around it. */
  of(call: CallExpression): Captures {
    const [compute] = call.arguments;
    const way: Walk = { call, found: new Map(), refused: [], seen: new Set() };
    if (compute === undefined) return { captured: [], refused: [] };
    this.#look(compute, way, isFunction(compute));
    const captured = [...way.found.values()];
    if (!isFunction(compute) && compute.type !== "Identifier" && captured.length > 0)
      way.refused.push({ at: compute, message: madeElsewhere });
    return { captured, refused: way.refused };
  }

  #look(node: AnyNode, way: Walk, isCompute: boolean): void {
    if (way.seen.has(node)) return;
    way.seen.add(node);
    const outer = outerThisIn(node, this.#bindings);
    if (outer !== undefined) way.refused.push({ at: outer, message: ofAnObject });
    for (const name of namesReadIn(node, this.#bindings)) {
      const home = this.#bindings.home(name);
      const binding = this.#bindings.find(name);
      if (home === undefined || binding === undefined || isWithin(home, node)) continue;
      if (home === this.#program && !this.#isPage) continue;
      const next = this.#codeOf(binding);
      if (next !== undefined) {
        const state = this.#stateOn(name, binding);
        if (state !== undefined) way.refused.push(state);
        if (next !== way.call) this.#look(next, way, false);
      } else if (this.#isSameForAll(binding)) continue;
      else if (this.#bindings.homeFrom(way.call, name.name) !== home)
        way.refused.push({ at: name, message: hidden(name.name) });
      else capture(way.found, name.name, isCompute);
    }
  }

  /** The code that a name always stands for: a function, a class, or another cached function. */
  #codeOf(binding: Binding): AnyNode | undefined {
    const ofClass = this.#classes.get(binding);
    if (ofClass !== undefined) return ofClass;
    const node = soleValue(binding);
    if (node === undefined) return undefined;
    return isFunction(node) || this.#isCachedCall(node) ? node : undefined;
  }

  /** Functions and classes are objects, too: what is put on them would get past the key. */
  #stateOn(name: Identifier, binding: Binding): Refused | undefined {
    const parent = this.#bindings.parent(name);
    const isMember = parent?.type === "MemberExpression" && parent.object === name;
    if (isMember && this.#changed.has(binding)) return { at: name, message: kept(name.name) };
    const ofClass = this.#classes.get(binding);
    let holds = false;
    if (ofClass !== undefined)
      walk(ofClass, (node) => {
        holds ||= node.type === "StaticBlock" || (node.type === "PropertyDefinition" && node.static);
        return !holds;
      });
    return holds ? { at: name, message: kept(name.name) } : undefined;
  }

  /** True for what can be no other in the next run, whoever looks. */
  #isSameForAll(binding: Binding): boolean {
    if (binding.sources.length > 0 && binding.sources.every(({ kind }) => kind === "import")) return true;
    if (!binding.isConstant || binding.sources.length !== 1) return false;
    const [source] = binding.sources;
    if (source?.kind !== "value") return false;
    if (this.#isSecret(source.node)) return true;
    return source.path.length === 0 && (this.#isSt(source.node) || this.#isFixed(source.node));
  }

  /** `st`, under any name. */
  #isSt(node: AnyNode): boolean {
    if (node.type !== "Identifier") return false;
    const binding = this.#bindings.find(node);
    const [source] = binding?.sources ?? [];
    if (source?.kind === "import") return source.from === "strongroom" && source.name === "st";
    const value = binding === undefined ? undefined : soleValue(binding);
    return value !== undefined && value !== node && this.#isSt(value);
  }

  /** `st.secrets`, and what stands there under a fixed name. */
  #isSecret(node: AnyNode): boolean {
    if (node.type !== "MemberExpression") return false;
    const name = keyName(node.property, node.computed);
    if (name === undefined) return false;
    return (name === "secrets" && this.#isSt(node.object)) || this.#isSecret(node.object);
  }

  /** A pattern, or a format of the language (`new Intl.NumberFormat("en")`), of which all stands in the source. */
  #isFixed(node: AnyNode): boolean {
    if (node.type === "Literal") return "regex" in node;
    return (
      node.type === "NewExpression" &&
      node.callee.type === "MemberExpression" &&
      node.callee.object.type === "Identifier" &&
      node.callee.object.name === "Intl" &&
      this.#bindings.home(node.callee.object) === undefined &&
      node.arguments.every((argument) => namesReadIn(argument, this.#bindings).length === 0)
    );
  }

  #isCachedCall(node: AnyNode): boolean {
    if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression") return false;
    const { object, property, computed } = node.callee;
    const member = keyName(property, computed);
    return (member === "cacheData" || member === "cacheResource") && this.#isSt(object);
  }
}

function capture(found: Walk["found"], name: string, isGiven: boolean): void {
  const known = found.get(name);
  found.set(name, {
    name,
    isGiven: isGiven || known?.isGiven === true,
    isSeen: !isGiven || known?.isSeen === true,
  });
}

/** The value of a name that never has another. */
function soleValue({ isConstant, sources }: Binding): AnyNode | undefined {
  const [source] = sources;
  if (!isConstant || sources.length !== 1 || source?.kind !== "value" || source.path.length > 0)
    return undefined;
  return source.node;
}

const madeElsewhere =
  "A cached function that reads names from around it stands in the call: `st.cacheData(async (id) => …)`. " +
  "What another function has put together may hold what the key does not know.";

const ofAnObject =
  "This belongs to a function or an object round a cached function, which may be another one for each viewer, and is no " +
  "part of the key. Put what is needed into a variable before the call, or pass it as an argument.";

function hidden(name: string): string {
  return (
    `This \`${name}\` is read by a cached function, in whose place another \`${name}\` stands, so it cannot be part of ` +
    "the key. Give one of the two another name, or pass it as an argument."
  );
}

function kept(name: string): string {
  return (
    `\`${name}\` keeps something that a cached function may read past its key: one viewer would get what was made for ` +
    "another. Keep it in a variable, or pass it as an argument."
  );
}
