import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { workerFlags } from "./node-flags.ts";

/** What a program prints that is started with these flags. */
function printed(flags: readonly string[], code: string): string {
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, "-e", code], { encoding: "utf8" });
  return stdout.trim() || stderr;
}

const all = workerFlags({ readable: [], writable: [], heapMb: 100 });
const attempt = (code: string): string =>
  `try { ${code}; console.log("did") } catch (error) { console.log(error.code ?? error.name) }`;

// The permission model refuses most of it as well: it is off here, to see that nothing rests on it alone.
const withoutPermission = all.filter((flag) => flag !== "--permission" && !flag.startsWith("--allow-"));
test.each([
  ["opens no database", `require("node:sqlite")`, "ERR_UNKNOWN_BUILTIN_MODULE"],
  ["loads no machine code", `process.dlopen({ exports: {} }, "/lib/x.node")`, "ERR_DLOPEN_DISABLED"],
  ["makes no code of text", `(0, eval)("1")`, "EvalError"],
  [
    "has no way to the prototype of an object",
    `if (!("__proto__" in {})) throw new RangeError()`,
    "RangeError",
  ],
])("a worker %s, also without the permission model", (_, code, refusal) => {
  expect(printed(withoutPermission, attempt(code))).toBe(refusal);
  expect(printed([], attempt(code))).not.toBe(refusal);
});

test.each([
  ["reads", `require("node:fs").readFileSync("/etc/passwd")`],
  ["writes", `require("node:fs").writeFileSync("/tmp/strongroom-flags", "")`],
  ["starts", `require("node:child_process").execFileSync("/bin/true")`],
])("by the permission model a worker %s nothing that was not named", (_, code) => {
  expect(printed(all, attempt(code))).toBe("ERR_ACCESS_DENIED");
});
