import { files } from "./a-files.ts";
import { paths } from "./a-paths.ts";
import { uploads } from "./b-uploads.ts";
import { outbound } from "./c-requests.ts";
import { origins } from "./d-origins.ts";
import { rights } from "./e-rights.ts";
import type { Entry } from "./entry.ts";
import { sessions } from "./f-sessions.ts";
import { signIns } from "./g-sign-in.ts";
import { markups } from "./h-markup.ts";
import { decoding } from "./i-decoding.ts";
import { injections } from "./j-injection.ts";
import { load } from "./k-load.ts";
import { caches } from "./l-caches.ts";
import { leaks, proxies, secrecy } from "./m-leaks.ts";
import { containers, supply } from "./p-supply.ts";

/** Every case, by its letter. */
export const register: Readonly<Record<string, readonly Entry[]>> = {
  "A. Paths and files": [...paths, ...files],
  "B. Uploads": uploads,
  "C. Requests that the server makes": outbound,
  "D. Other origins": origins,
  "E. Rights": rights,
  "F. Sessions": sessions,
  "G. Signing in": signIns,
  "H. Markup": markups,
  "I. Decoding": decoding,
  "J. Injection": injections,
  "K. Load": load,
  "L. Caches": caches,
  "M. Leaks": leaks,
  "N. Secrets": secrecy,
  "O. Proxies": proxies,
  "P. Supply": supply,
  "Q. Containers": containers,
};
