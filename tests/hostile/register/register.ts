import { files } from "./a-files.ts";
import { paths } from "./a-paths.ts";
import { uploads } from "./b-uploads.ts";
import { outbound } from "./c-requests.ts";
import { origins } from "./d-origins.ts";
import { rights } from "./e-rights.ts";
import type { Entry } from "./entry.ts";
import { sessions } from "./f-sessions.ts";
import { signIns } from "./g-sign-in.ts";

/** Every case, by its letter. */
export const register: Readonly<Record<string, readonly Entry[]>> = {
  "Paths and files": [...paths, ...files],
  Uploads: uploads,
  "Requests that the server makes": outbound,
  "Other origins": origins,
  Rights: rights,
  Sessions: sessions,
  "Signing in": signIns,
};
