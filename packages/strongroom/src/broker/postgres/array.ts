/** Reads an array as PostgreSQL writes it: `{1,NULL,"a \"b\"",{2}}`, with bounds before it where they are unusual. */
export function readArray(text: string, element: (text: string) => unknown): unknown {
  const start = text.indexOf("{");
  const lists: unknown[][] = [];
  let list: unknown[] = [];
  const token = /([{},])|"((?:[^"\\]|\\.)*)"|([^{},"]+)/gs;
  for (const [, mark, quoted, plain] of text.slice(start).matchAll(token)) {
    if (mark === "{") {
      lists.push(list);
      list = [];
    } else if (mark === "}") {
      const inner = list;
      list = lists.pop() ?? [];
      list.push(inner);
    } else if (quoted !== undefined) list.push(element(quoted.replaceAll(/\\(.)/gs, "$1")));
    else if (plain !== undefined) list.push(plain === "NULL" ? null : element(plain));
  }
  return list[0];
}
