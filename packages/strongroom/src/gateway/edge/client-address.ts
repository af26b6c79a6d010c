import { BlockList, isIP } from "node:net";
import { GatewayError } from "../errors.ts";

/** The proxies whose word on who asks counts. */
export type TrustedProxies = Pick<BlockList, "check">;

/** Reads addresses and networks such as `10.0.0.0/8`. */
export function trustedProxies(configured: readonly string[]): TrustedProxies {
  const list = new BlockList();
  for (const text of configured) {
    const [address = "", bits] = text.split("/");
    const kind = kindOf(address);
    const most = kind === "ipv4" ? 32 : 128;
    const prefix = bits === undefined ? most : Number(bits);
    if (kind === undefined || !/^(\d{1,3})?$/.test(bits ?? "") || bits === "" || prefix > most)
      throw new GatewayError(
        "ERR_PROXY",
        `server.trustedProxies: an address or a network such as "10.0.0.0/8" was expected; names of hosts can come to mean another machine.`,
      );
    list.addSubnet(address, prefix, kind);
  }
  return list;
}

/**
 * Who asks: the connection's other end, or, where that is a proxy of ours, whom it names. Each proxy adds at the end of
 * `X-Forwarded-For` whom it heard: read from there, the first that is no proxy of ours asks. What stands before it
 * anybody can write.
 */
export function clientAddress(
  connected: string | undefined,
  forwarded: string | readonly string[] | undefined,
  proxies: TrustedProxies,
): string {
  let address = plain(connected ?? "");
  const named = String(forwarded ?? "").split(",");
  while (isTrusted(address, proxies) && named.length > 0) {
    const next = plain(named.pop()?.trim() ?? "");
    if (kindOf(next) === undefined) return address;
    address = next;
  }
  return address;
}

function isTrusted(address: string, proxies: TrustedProxies): boolean {
  const kind = kindOf(address);
  return kind !== undefined && proxies.check(address, kind);
}

/** An IPv4 address that came over IPv6 is one. */
function plain(address: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
}

function kindOf(address: string): "ipv4" | "ipv6" | undefined {
  const version = isIP(address);
  return version === 0 ? undefined : version === 4 ? "ipv4" : "ipv6";
}
