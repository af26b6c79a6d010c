import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

const lively = "a\u001b[2Jb\u009b31mc\u202ed\u2028e\r\n12:00:00 info  forged";

/** What a process of its own writes: the log goes to the descriptor itself. */
function written(format: "text" | "json"): string {
  const script = `
    import { startLog } from ${JSON.stringify(new URL("terminal-log.ts", import.meta.url).href)};
    import { Mask } from ${JSON.stringify(new URL("../secrets/mask.ts", import.meta.url).href)};
    startLog({ level: "info", format: "${format}" }, new Mask(), false).info({ who: process.argv[1] }, process.argv[1]);
  `;
  const { stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script, lively], {
    encoding: "utf8",
  });
  return stderr;
}

test.each(["text", "json"] as const)(
  "as %s no name of a stranger moves a cursor, or begins a line",
  (format) => {
    const text = written(format);
    expect(text).toContain("forged");
    expect(text.replaceAll("\n", "")).toMatch(/^[\x20-\x7e]+$/);
    expect(text.split("\n").filter((line) => line.startsWith("12:00:00 info  forged"))).toEqual([]);
    if (format === "json") expect(JSON.parse(text)).toMatchObject({ who: lively, msg: lively });
  },
);
