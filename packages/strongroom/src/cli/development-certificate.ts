import { generateKeyPairSync, randomBytes, sign, X509Certificate, type KeyObject } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bits, der, integer, objectId, octets, sequence, set, utcTime, utf8, yes } from "./der.ts";

const dayMs = 86_400_000;
const lifeDays = 90;
const renewBeforeDays = 7;

export interface DevelopmentCertificate {
  readonly cert: string;
  readonly key: string;
  readonly fingerprint: string;
  readonly isNew: boolean;
}

/** A certificate for this machine's own names that nobody vouches for: kept in the state folder, made anew before it ends. */
export function developmentCertificate(
  stateFolder: string,
  now: number = Date.now(),
): DevelopmentCertificate {
  const folder = join(stateFolder, "tls");
  const [certFile, keyFile] = [join(folder, "cert.pem"), join(folder, "key.pem")];
  const kept = readKept(certFile, keyFile, now);
  if (kept !== undefined) return kept;
  const made = makeCertificate(now);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(keyFile, made.key, { mode: 0o600 });
  writeFileSync(certFile, made.cert, { mode: 0o600 });
  return { ...made, fingerprint: new X509Certificate(made.cert).fingerprint256, isNew: true };
}

function readKept(certFile: string, keyFile: string, now: number): DevelopmentCertificate | undefined {
  try {
    const [cert, key] = [readFileSync(certFile, "utf8"), readFileSync(keyFile, "utf8")];
    const { fingerprint256: fingerprint, validTo } = new X509Certificate(cert);
    const isFresh = Date.parse(validTo) - now > renewBeforeDays * dayMs;
    return isFresh ? { cert, key, fingerprint, isNew: false } : undefined;
  } catch {
    return undefined; // there is none, or what there is cannot be read: another is made
  }
}

function makeCertificate(now: number): { readonly cert: string; readonly key: string } {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const body = bodyOf(publicKey, now);
  const signature = sign("sha256", body, privateKey);
  const whole = sequence(body, ecdsaWithSha256, bits(signature));
  const lines = whole.toString("base64").replaceAll(/.{64}(?!$)/g, "$&\n");
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: String(privateKey.export({ type: "pkcs8", format: "pem" })),
  };
}

const ecdsaWithSha256 = sequence(objectId("1.2.840.10045.4.3.2"));
const commonName = objectId("2.5.4.3");

/** RFC 5280, 4.1.2. */
function bodyOf(publicKey: KeyObject, now: number): Buffer {
  const name = sequence(set(sequence(commonName, utf8("Strongroom development"))));
  const validity = sequence(utcTime(new Date(now - dayMs)), utcTime(new Date(now + lifeDays * dayMs)));
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40; // positive, and of one length
  return sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(serial),
    ecdsaWithSha256,
    name,
    validity,
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(...extensions())),
  );
}

/** It vouches for no other certificate, and serves this machine's own names only. */
function extensions(): readonly Buffer[] {
  const names = sequence(
    der(0x82, Buffer.from("localhost")),
    der(0x87, Buffer.from([127, 0, 0, 1])),
    der(0x87, Buffer.from([...Array<number>(15).fill(0), 1])),
  );
  return [
    sequence(objectId("2.5.29.19"), yes, octets(sequence())),
    sequence(objectId("2.5.29.15"), yes, octets(bits(Buffer.from([0x80]), 7))),
    sequence(objectId("2.5.29.37"), octets(sequence(objectId("1.3.6.1.5.5.7.3.1")))),
    sequence(objectId("2.5.29.17"), octets(names)),
  ];
}
