/**
 * What a provider says of a person is too much, or not as it must be. Nobody signs in with that, so nobody stays signed in
 * with it: whoever can write their own claims could else keep a role for good that was taken away.
 */
export class UnfitAnswer extends TypeError {
  override readonly name = "UnfitAnswer";
}

/** Is that what went wrong, whoever has wrapped it? */
export function isUnfit(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (cause instanceof UnfitAnswer) return true;
  return false;
}
