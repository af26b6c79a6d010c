import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isOnPath } from "../../tools/test/programs.ts";
import { root } from "../../tools/paths.ts";

const script = fileURLToPath(new URL("in-namespace.sh", import.meta.url));
const unshare = process.getuid?.() === 0 ? ["--net"] : ["--map-root-user", "--net"];

/** Why nothing can be seen here; nothing where all is there. */
export function whyNoNamespace(): string | undefined {
  for (const name of ["unshare", "ip", "tcpdump"])
    if (!isOnPath(name)) return `${name} is not installed (Debian: util-linux, iproute2, tcpdump)`;
  const words = ["ip", "link", "add", "wire", "type", "veth", "peer", "name", "nowhere"];
  const { status } = spawnSync("unshare", [...unshare, ...words], { stdio: "ignore" });
  return status === 0 ? undefined : "this machine lets us have no network namespace";
}

export interface Watched {
  readonly code: number;
  readonly output: string;
  /** Every packet that would have left the machine, as tcpdump writes it. */
  readonly packets: readonly string[];
}

/** Runs a command where loopback is all there is, and sees what it sends elsewhere. */
export function watch(
  command: readonly [string, ...string[]],
  { isShown = false }: { readonly isShown?: boolean } = {},
): Watched {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-offline-"));
  try {
    const capture = join(folder, "packets");
    const stdio = isShown ? "inherit" : "pipe";
    const { status, stdout, stderr } = spawnSync("unshare", [...unshare, "sh", script, capture, ...command], {
      cwd: root,
      stdio,
      maxBuffer: 2 ** 28,
    });
    const packets = readFileSync(capture, "utf8").split("\n").filter(Boolean);
    return { code: status ?? 1, output: `${String(stdout ?? "")}${String(stderr ?? "")}`, packets };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
