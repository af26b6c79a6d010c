import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Entry, Pointer } from "../../tests/hostile/register/entry.ts";
import { register } from "../../tests/hostile/register/register.ts";
import type { Demand } from "../../tests/hostile/standards/standard.ts";
import { standards } from "../../tests/hostile/standards/standards.ts";
import { root } from "../paths.ts";

/** Cases and demands that prove nothing: a test that is named and does not exist, or no proof at all. */
export function checkNamedTests(): readonly string[] {
  const entries = Object.values(register).flat();
  const twice = entries.filter(({ id }, at) => entries.findIndex((other) => other.id === id) !== at);
  return [
    ...twice.map(({ id }) => `${id} stands twice in the register of attacks`),
    ...entries.filter(hasNoProof).map(({ id }) => `${id} is neither tried nor proven, and does not say why`),
    ...entries.flatMap(({ id, provenBy = [] }) =>
      missingTests(provenBy).map((one) => `${id}: there is no test ${one}`),
    ),
    ...Object.values(standards).flat().flatMap(faultsOf),
  ];
}

function faultsOf({ of, cases = [], provenBy = [], open }: Demand): readonly string[] {
  const known = new Set(Object.values(register).flatMap((entries) => entries.map(({ id }) => id)));
  return [
    ...((cases.length + provenBy.length === 0) === (open === undefined)
      ? [`${of}: a demand has no proof`]
      : []),
    ...cases.filter((id) => !known.has(id)).map((id) => `${of}: there is no case ${id}`),
    ...missingTests(provenBy).map((one) => `${of}: there is no test ${one}`),
  ];
}

function hasNoProof({ attempts = [], provenBy = [], cannot }: Entry): boolean {
  return (attempts.length + provenBy.length === 0) === (cannot === undefined);
}

function missingTests(pointers: readonly Pointer[]): readonly Pointer[] {
  return pointers.filter((pointer) => {
    const [path = "", name = ""] = pointer.split(" › ");
    const file = join(root, path);
    return !existsSync(file) || !readFileSync(file, "utf8").includes(JSON.stringify(name).slice(1, -1));
  });
}
