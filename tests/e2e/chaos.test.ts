import { expect, test } from "vitest";
import { fire } from "../chaos/fire.ts";

const seed = 7;

test(
  `loses nothing under 12 blows (seed ${seed}; npm run chaos strikes more)`,
  { timeout: 240_000 },
  async () => {
    const { problems, rounds } = await fire(12, seed, () => {});
    expect(problems).toEqual([]);
    expect(rounds).toBe(12);
  },
);
