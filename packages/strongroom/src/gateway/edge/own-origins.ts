import { GatewayError } from "../errors.ts";

/** One of the names under which this gateway is reached. */
export interface Site {
  /** As browsers write it in `Origin`. */
  readonly origin: string;
  /** Reached over TLS, by us or by a proxy before us. */
  readonly secure: boolean;
}

/** The sites by the `Host` that names them, in lower case. */
export type OwnSites = ReadonlyMap<string, Site>;

/** The address that a connection arrived at. */
export interface ArrivedAt {
  readonly address: string | undefined;
  readonly port: number | undefined;
}

const hostGrammar = /^(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])(?::[0-9]{1,5})?$/;
const loopbackNames = ["localhost", "127.0.0.1", "[::1]"];

/** Reads the origins of the configuration: literal, no patterns; each host must belong to one origin only. */
export function ownSites(
  configured: readonly string[],
  listening: { port: number; secure: boolean },
): OwnSites {
  const sites = new Map<string, Site>();
  for (const name of loopbackNames) addSite(sites, siteOf(name, listening));
  for (const text of configured) {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    // A `*` is a legal host for the URL parser: the grammar of hosts has none.
    const isOrigin = url !== undefined && url.origin === text && /^https?:$/.test(url.protocol);
    if (!isOrigin || !hostGrammar.test(url.host)) {
      throw new GatewayError(
        "ERR_ORIGIN",
        `An origin such as "https://app.example.com" was expected: scheme and host in lower case, a port only where it is not the scheme's own, no path, no pattern.`,
      );
    }
    addSite(sites, { host: url.host, origin: url.origin, secure: url.protocol === "https:" });
  }
  return sites;
}

function addSite(sites: Map<string, Site>, { host, origin, secure }: Site & { host: string }): void {
  const known = sites.get(host);
  if (known !== undefined && known.origin !== origin) {
    throw new GatewayError(
      "ERR_ORIGIN",
      `Both ${known.origin} and ${origin} are listed; one host can have one scheme only.`,
    );
  }
  sites.set(host, { origin, secure });
}

function siteOf(name: string, { port, secure }: { port: number; secure: boolean }): Site & { host: string } {
  const { host, origin } = new URL(`${secure ? "https" : "http"}://${name}:${port}`);
  return { host, origin, secure };
}

/**
 * The site that a request asks for, or nothing when its `Host` is not ours: a foreign name that points here is how a
 * page of somebody else reads what only this machine should see (DNS rebinding). The plain address that the connection
 * arrived at needs no name, so nobody can have pointed it here.
 */
export function siteFor(
  host: string | undefined,
  sites: OwnSites,
  arrived: ArrivedAt & { secure: boolean },
): Site | undefined {
  if (host === undefined || host.length > 300) return undefined;
  const name = host.toLowerCase();
  if (!hostGrammar.test(name)) return undefined;
  const site = sites.get(name);
  if (site !== undefined) return site;
  if (arrived.address === undefined || arrived.port === undefined) return undefined;
  const here = siteOf(addressName(arrived.address), { port: arrived.port, secure: arrived.secure });
  return here.host === name ? { origin: here.origin, secure: here.secure } : undefined;
}

function addressName(address: string): string {
  const plain = address.startsWith("::ffff:") && address.includes(".") ? address.slice(7) : address;
  return plain.includes(":") ? `[${plain.split("%")[0] ?? ""}]` : plain;
}

/** True only for exactly the site's own origin: `null`, a missing header and look-alikes are not. */
export function isOwnOrigin(origin: string | undefined, site: Site): boolean {
  return origin === site.origin;
}

/**
 * How a request that names no host of ours counts: as over TLS where any of our names is reached so. What that adds to an
 * answer is not read by browsers that came without (RFC 6797, 8.1).
 */
export function isSecureSomewhere(sites: OwnSites): boolean {
  return [...sites.values()].some(({ secure }) => secure);
}
