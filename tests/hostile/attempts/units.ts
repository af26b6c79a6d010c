import { may } from "../../../packages/strongroom/src/gateway/access/may.ts";
import { ownPath } from "../../../packages/strongroom/src/gateway/auth/own-path.ts";
import { checkTokenHead } from "../../../packages/strongroom/src/gateway/auth/token-head.ts";
import { dispositionOf } from "../../../packages/strongroom/src/gateway/edge/content-disposition.ts";
import { readTarget } from "../../../packages/strongroom/src/gateway/edge/request-target.ts";
import { judgeType } from "../../../packages/strongroom/src/gateway/uploads/judge-type.ts";
import { readUploadName } from "../../../packages/strongroom/src/gateway/uploads/upload-name.ts";
import { upSchema } from "../../../packages/strongroom/src/wire/messages.ts";
import { decodeText } from "../../../packages/strongroom/src/wire/schema.ts";
import { safeHref } from "../../../packages/strongroom/src/worker/markdown-links.ts";
import { readMarkdown } from "./markdown-kinds.ts";

const refused = "refused";

/** Our own readers of strange text, by name: what each says of one. */
export const units: Readonly<Record<string, (given: string) => string>> = {
  "request target": (given) => {
    const read = readTarget(given);
    return read.ok ? read.target.path : refused;
  },
  "page after a sign-in": ownPath,
  "name of an upload": (given) => readUploadName(encodeURIComponent(given), false) ?? refused,
  "address of a link": (given) => safeHref(given) ?? refused,
  message: (given) => (decodeText(upSchema, given, 2_000_000).ok ? "taken" : refused),
  "member of company.com": (given) =>
    may(["*@company.com"], { claims: { email: given, email_verified: true } }).ok ? "let in" : refused,
  "head of a token": (given) => {
    try {
      checkTokenHead(`${Buffer.from(given).toString("base64url")}.e30.AAAA`);
      return "read on";
    } catch {
      return refused;
    }
  },
  /** A name and its first bytes, where a CSV, a picture or a PDF is taken. */
  "kind of an upload": (given) => {
    const [name = "", text = ""] = given.split("|", 2);
    const accept = { extensions: [".csv", ".png", ".pdf", ".xlsx"], types: [] };
    return judgeType(name, Buffer.from(text, "latin1"), accept).ok ? "taken" : refused;
  },
  "type of a download": (given) => dispositionOf(given, undefined).type,
  "name of a download": (given) => dispositionOf("text/plain", given).disposition,
  "kinds of Markdown": readMarkdown,
};
