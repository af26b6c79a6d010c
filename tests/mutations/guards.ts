import { appGuards } from "./app.ts";
import { developmentGuards } from "./development.ts";
import { edgeGuards } from "./edge.ts";
import { fileGuards } from "./files.ts";
import { frameGuards } from "./frames.ts";
import { flowGuards } from "./flows.ts";
import { gatewaysGuards } from "./gateways.ts";
import { identityGuards } from "./identity.ts";
import type { Mutation } from "./mutation.ts";
import { secretGuards } from "./secrets.ts";
import { sessionGuards } from "./sessions.ts";

/** Every guard that is known to this check. */
export const guards: readonly Mutation[] = [
  ...edgeGuards,
  ...sessionGuards,
  ...identityGuards,
  ...frameGuards,
  ...gatewaysGuards,
  ...flowGuards,
  ...developmentGuards,
  ...fileGuards,
  ...secretGuards,
  ...appGuards,
];
