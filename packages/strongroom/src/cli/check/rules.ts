import type { Rule } from "./finding.ts";
import { access, openWrites } from "./rules/access.ts";
import { codeFromText } from "./rules/code-from-text.ts";
import { cachedViewer, compiles, queryText } from "./rules/compiles.ts";
import { configuration } from "./rules/configuration.ts";
import { dependencies } from "./rules/dependencies.ts";
import { hardCodedSecrets } from "./rules/hard-coded-secrets.ts";
import { linksOut } from "./rules/links-out.ts";
import { secretFiles } from "./rules/secret-files.ts";
import { tlsOff, unsafeOptions } from "./rules/unsafe-options.ts";

/** All that is looked for, in the order of the checklist. */
export const rules: readonly Rule[] = [
  compiles,
  configuration,
  access,
  openWrites,
  hardCodedSecrets,
  secretFiles,
  queryText,
  codeFromText,
  cachedViewer,
  ...unsafeOptions,
  tlsOff,
  linksOut,
  dependencies,
];
