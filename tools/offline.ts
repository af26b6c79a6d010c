import { watch, whyNoNamespace } from "../tests/offline/namespace.ts";
import { run as build } from "./build.ts";
import { ensurePrograms } from "./test/programs.ts";

/** Runs all tests, or those that are named, where loopback is all there is; fails if a packet would leave the machine. */
export async function run(args: readonly string[] = []): Promise<number> {
  await ensurePrograms();
  const why = whyNoNamespace();
  if (why !== undefined) {
    console.error(`SKIPPED: nobody looked at what leaves the machine, because ${why}.`);
    return 0;
  }
  const built = await build();
  if (built !== 0) return built;
  const { code, packets } = watch([process.execPath, "node_modules/vitest/vitest.mjs", "run", ...args], {
    isShown: true,
  });
  console.log(`\n${packets.length} packets would have left the machine`);
  for (const packet of packets.slice(0, 50)) console.log(packet);
  if (code !== 0) console.log(`The tests themselves ended with ${code}.`);
  return packets.length === 0 ? code : 1;
}
