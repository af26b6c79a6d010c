import type { Config } from "../config/options.ts";
import type { AccessSettings } from "../gateway/access/access.ts";
import type { AccessRule } from "../wire/access-rule.ts";

/** What the configuration says of who may see what, in the gateway's words. */
export function accessSettings(access: Config["access"], allow: AccessRule): AccessSettings {
  const { pages = {}, groupsClaim: groups, rolesClaim: roles, contact } = access;
  return { allow, pages, claims: { groups, roles }, contact };
}
