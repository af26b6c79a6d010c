/** A guard of the product, and how to switch it off. */
export interface Mutation {
  /** What the guard keeps out, as a fact. */
  readonly guard: string;
  /** Below `packages/strongroom/src`. */
  readonly file: string;
  /** Stands there exactly once. */
  readonly text: string;
  /** What stands there instead, so that the guard guards nothing. */
  readonly becomes: string;
  /** Test files, below `packages/strongroom/src` or `tests/`: one test must fail then. */
  readonly tests: readonly string[];
  /** Only tests of such names are run: some files take long. */
  readonly only?: string;
  /** The tests start processes: what was switched off must be built. */
  readonly isBuilt?: true;
}
