import type { Pointer } from "../register/entry.ts";

/** One demand of a standard, in our words. */
export interface Demand {
  /** Numbers of OWASP's ASVS 5.0, or the name of another text. */
  readonly of: string;
  readonly says: string;
  /** Cases of the register that try it on both servers. */
  readonly cases?: readonly string[];
  readonly provenBy?: readonly Pointer[];
  /** Why it is not met, or not ours to meet. */
  readonly open?: string;
}

/** A demand that cases and tests prove. */
export function demand(of: string, says: string, cases: string, ...provenBy: readonly Pointer[]): Demand {
  return { of, says, cases: cases === "" ? [] : cases.split(" "), provenBy };
}

/** A demand that nothing here proves. */
export function open(of: string, says: string, why: string): Demand {
  return { of, says, open: why };
}
