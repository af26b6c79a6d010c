/** What an answer is to a browser: a page of ours, or something that a page loads. */
export type Policy =
  /** A document; its one style element carries the nonce, and no script stands in it but the one of that hash. */
  | {
      readonly kind: "document";
      readonly nonce: string;
      readonly script?: string;
      readonly devices?: readonly Device[];
      /** A frame of ours has opened it and is told so; it is itself in no frame, wherever others may be. */
      readonly isWindow?: true;
    }
  /** Anything else: even when it is opened as a page, it runs nothing. */
  | { readonly kind: "inert" };

/** What a page may ask its viewer for: only where something on it needs that. */
export type Device = "camera" | "microphone";

/** Where browsers tell that a page broke its policy. */
export const reportPath = "/_strongroom/csp-report";

/** From where an answer is sent. */
export interface Place {
  /** Over TLS. */
  readonly secure: boolean;
  /** The path below which the app lives, or nothing. */
  readonly base: string;
  /** The origins whose pages may show the app in a frame. */
  readonly embedders: readonly string[];
}

/** A server beside the app's, on this machine. */
export const aside: Place = { secure: false, base: "", embedders: [] };

export const inert: Policy = { kind: "inert" };

const denied = [
  "accelerometer",
  "autoplay",
  "browsing-topics",
  "camera",
  "display-capture",
  "encrypted-media",
  "gamepad",
  "geolocation",
  "gyroscope",
  "hid",
  "idle-detection",
  "local-fonts",
  "magnetometer",
  "microphone",
  "midi",
  "otp-credentials",
  "payment",
  "picture-in-picture",
  "publickey-credentials-create",
  "publickey-credentials-get",
  "screen-wake-lock",
  "serial",
  "storage-access",
  "usb",
  "xr-spatial-tracking",
];

const always: Readonly<Record<string, string>> = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Origin-Agent-Cluster": "?1",
  "Permissions-Policy": permissions([]),
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "X-Permitted-Cross-Domain-Policies": "none",
};

function permissions(allowed: readonly string[]): string {
  return denied.map((name) => `${name}=(${allowed.includes(name) ? "self" : ""})`).join(", ");
}

const inertPolicy =
  "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

/** The headers that every answer carries; an app may tighten them, nothing loosens them. */
export function securityHeaders(policy: Policy, given: Place): Record<string, string> {
  const isWindow = policy.kind === "document" && policy.isWindow === true;
  const place = isWindow ? { ...given, embedders: [] } : given;
  const { secure, base, embedders } = place;
  const headers: Record<string, string> = { ...always };
  headers["Content-Security-Policy"] = policy.kind === "inert" ? inertPolicy : documentPolicy(policy, place);
  // It knows no lists: `frame-ancestors` says the same, and more exactly.
  if (policy.kind === "document" && embedders.length > 0) delete headers["X-Frame-Options"];
  // It could not speak with its opener: the frame stands in a page of another site, in whose group of windows it is.
  if (isWindow) headers["Cross-Origin-Opener-Policy"] = "unsafe-none";
  if (policy.kind === "document" && policy.devices !== undefined)
    headers["Permissions-Policy"] = permissions(policy.devices);
  if (secure && policy.kind === "document") headers["Reporting-Endpoints"] = `csp="${base}${reportPath}"`;
  if (secure) headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains";
  return headers;
}

function documentPolicy(
  { nonce, script }: Policy & { kind: "document" },
  { secure, base, embedders }: Place,
): string {
  const directives = [
    "default-src 'none'",
    script === undefined ? "script-src 'self'" : `script-src 'self' '${script}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    `frame-ancestors ${embedders.length === 0 ? "'none'" : embedders.join(" ")}`,
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ];
  // Browsers that know `report-to` do not look at `report-uri`, and send reports over TLS alone.
  directives.push(
    `report-uri ${base}${reportPath}`,
    ...(secure ? ["report-to csp", "upgrade-insecure-requests"] : []),
  );
  return directives.join("; ");
}
