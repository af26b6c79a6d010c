import type { RichText } from "../../wire/rich-text.ts";

/** What tells more of a control, and of what is wrong with it. */
export interface Described {
  readonly "aria-describedby"?: string;
  readonly "aria-invalid"?: true;
}

/** Names the help (`h` behind the id) and the error (`e`) that stand by a control. */
export function describedBy(id: string, help: RichText | undefined, error: string | undefined): Described {
  const hasHelp = help !== undefined && help.length > 0;
  const names = [...(hasHelp ? [`${id}h`] : []), ...(error === undefined ? [] : [`${id}e`])].join(" ");
  return {
    ...(names === "" ? {} : { "aria-describedby": names }),
    ...(error === undefined ? {} : { "aria-invalid": true }),
  };
}
