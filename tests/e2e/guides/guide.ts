/** Reads a guide as a reader would: what to type, what to write into which file, what to see. */

/** One thing that a guide says. */
export type Step =
  /** Commands for a shell; `fails` where the guide says that they do. */
  | { readonly kind: "type"; readonly text: string; readonly fails: boolean }
  /** A file, whole. */
  | { readonly kind: "write"; readonly path: string; readonly text: string }
  /** Lines that stand in what was printed last, or in the page. `…` is anything. */
  | { readonly kind: "see"; readonly where: "output" | "page"; readonly lines: readonly string[] }
  | { readonly kind: "act"; readonly act: Act }
  /** A line of the page, and who sees the same one. */
  | { readonly kind: "same"; readonly label: string; readonly who: "everybody" | "one viewer" | "one tab" }
  | { readonly kind: "changed"; readonly label: string };

/** What a viewer does in the page. */
export type Act =
  /** What is sent is a file that the guide has written. */
  | { readonly do: "fill" | "choose" | "send"; readonly label: string; readonly value: string }
  | { readonly do: "press" | "save" | "follow"; readonly label: string }
  | { readonly do: "reload" };

const block = /^```(?<info>[^\n]*)\n(?<body>[^]*?)^```$|^<!-- (?<note>.*) -->$/gm;

/** The steps of a guide, in their order. A block without a file's name, and neither `sh` nor `text`, is there to be read. */
export function stepsOf(markdown: string): readonly Step[] {
  const steps: Step[] = [];
  let fails = false;
  let inPage = false;
  for (const { groups = {} } of markdown.matchAll(block)) {
    const { info = "", body = "", note } = groups;
    if (note === "fails") fails = true;
    else if (note === "page") inPage = true;
    else if (note !== undefined) steps.push(noted(note));
    else {
      const [language, path] = info.split(" ");
      if (path !== undefined) steps.push({ kind: "write", path, text: body });
      else if (language === "sh") steps.push({ kind: "type", text: body, fails });
      else if (language === "text")
        steps.push({ kind: "see", where: inPage ? "page" : "output", lines: body.trimEnd().split("\n") });
      fails = false;
      inPage = false;
    }
  }
  return steps;
}

function noted(note: string): Step {
  const act =
    /^viewer: (?<what>fill|choose|press|reload|send|save|follow)(?: "(?<label>[^"]*)")?(?: "(?<value>[^"]*)")?$/.exec(
      note,
    )?.groups;
  if (act !== undefined) return { kind: "act", act: actOf(act) };
  const same = /^same for (?<who>everybody|one viewer|one tab): (?<label>.+)$/.exec(note)?.groups;
  const who = same?.["who"];
  if (who === "everybody" || who === "one viewer" || who === "one tab")
    return { kind: "same", who, label: same?.["label"] ?? "" };
  const changed = /^changed: (?<label>.+)$/.exec(note)?.groups?.["label"];
  if (changed !== undefined) return { kind: "changed", label: changed };
  throw new Error(`Nothing is known of the note "${note}".`);
}

function actOf({ what, label = "", value = "" }: Readonly<Record<string, string | undefined>>): Act {
  switch (what) {
    case "fill":
    case "choose":
    case "send":
      return { do: what, label, value };
    case "press":
    case "save":
    case "follow":
      return { do: what, label };
    default:
      return { do: "reload" };
  }
}

/** True where a text has a line's words, in their order. */
export function holds(text: string, line: string): boolean {
  let from = 0;
  for (const piece of line.split("…")) {
    const words = piece.trim();
    const at = text.indexOf(words, from);
    if (at === -1) return false;
    from = at + words.length;
  }
  return true;
}
