import type { JSONWebKeySet } from "jose";
import type * as OpenidClient from "openid-client";
import { s } from "../../wire/s.ts";
import { decode } from "../../wire/schema.ts";
import { providerFetch } from "./provider-fetch.ts";
import type { ProviderSettings } from "./settings.ts";
import { asymmetric } from "./token-head.ts";
import { UnfitAnswer } from "./unfit-answer.ts";

type Client = typeof OpenidClient;

/** What is known of a provider that was found. */
export interface Found {
  readonly client: Client;
  readonly config: OpenidClient.Configuration;
}

const timeoutSeconds = 10;

/** What a provider sent, once it fits. */
export function decoded<T>(schema: Parameters<typeof decode<T>>[0], value: unknown): T {
  const read = decode(schema, value);
  if (!read.ok)
    throw new UnfitAnswer(`At ${read.at} of what the provider sent: ${read.expected} was expected.`);
  return read.value;
}

/** Finds a provider by its metadata, which must be that of the issuer it was configured as. */
export async function findProvider({
  metadataUrl,
  clientId,
  clientSecret,
}: ProviderSettings): Promise<Found> {
  const client = await import("openid-client");
  const isPlain = metadataUrl.protocol === "http:";
  const issuer = metadataUrl.href.replace(/\/\.well-known\/.*$/, "");
  // Two services have issuers that hold a place for the tenant: the library knows how theirs are compared.
  const hasTenants = /(?:^|\.)(?:microsoftonline\.com|b2clogin\.com)$/.test(metadataUrl.hostname);
  const config = await client.discovery(
    hasTenants ? new URL(issuer) : metadataUrl,
    clientId,
    { client_secret: clientSecret },
    undefined,
    {
      timeout: timeoutSeconds,
      [client.customFetch]: providerFetch(isPlain),
      // Plain http is for a provider on this machine; what is fetched is checked again for each address.
      execute: [client.enableNonRepudiationChecks, ...(isPlain ? [client.allowInsecureRequests] : [])],
    },
  );
  const metadata = config.serverMetadata();
  // OpenID Connect Discovery, 4.3.
  if (!hasTenants && metadata.issuer !== issuer && metadata.issuer !== `${issuer}/`)
    throw new TypeError(
      "The issuer in the provider's metadata was expected to be the one of server_metadata_url.",
    );
  const algorithms = metadata.id_token_signing_alg_values_supported;
  if (algorithms !== undefined && !algorithms.some((name) => asymmetric.includes(name)))
    throw new TypeError("A provider that signs with a key pair was expected.");
  return { client, config };
}

const keySetSchema = s.object({
  keys: s.array(s.record(s.json({ maxDepth: 4, maxNodes: 200 }), { maxKeys: 50 }), { max: 200 }),
});

/** The keys with which a provider signs. */
export async function fetchKeys({ metadataUrl }: ProviderSettings, from: string): Promise<JSONWebKeySet> {
  const options = { method: "GET", headers: { accept: "application/json" }, body: undefined } as const;
  const signal = AbortSignal.timeout(timeoutSeconds * 1_000);
  const get = providerFetch(metadataUrl.protocol === "http:");
  const answer = await get(from, { ...options, redirect: "manual", signal });
  const { keys } = (await answer.json()) as { readonly keys?: unknown };
  // What is in a key is for the library to judge.
  return decoded(keySetSchema, { keys }) as JSONWebKeySet;
}
