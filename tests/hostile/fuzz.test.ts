import { expect, test } from "vitest";
import { fuzz } from "./fuzz/fuzz.ts";

const seed = 20_261_125;
const times = 5_000;

// `npm run fuzz -- --times 1000000` is the long form.
test(
  `${times} malformed requests, cookies and frames: all is answered, nothing crashes, nobody is disturbed (seed ${seed})`,
  { timeout: 240_000 },
  async () => {
    const { sent, problems, bystander, heard } = await fuzz({ times, seed });
    expect(problems).toEqual([]);
    expect(sent).toBeGreaterThanOrEqual(times);
    expect(bystander.answers).toBeGreaterThan(0);
    // It was refused for what it was, and not for how much of it there was.
    expect(heard.get("400")).toBeGreaterThan(100);
    expect(heard.get("close 1008")).toBeGreaterThan(50);
    expect(heard.get("no ticket") ?? 0).toBe(0);
    expect(heard.get("no download") ?? 0).toBe(0);
  },
);
