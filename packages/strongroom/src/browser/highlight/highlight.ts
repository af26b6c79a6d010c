import { useEffect, useState } from "react";

/** A part of a text, and what it is in the language: a class of `code-box.module.css`, or empty. */
export interface Piece {
  readonly text: string;
  readonly kind: string;
}

/** Longer texts stay plain: colours would take longer than they help. */
const maxChars = 60_000;

/** The parts of a text with their kinds: one plain part until the code for the language has come. */
export function useHighlight(text: string, language: string): readonly Piece[] {
  const [found, setFound] = useState<{ text: string; language: string; pieces: readonly Piece[] }>();
  useEffect(() => {
    if (language === "" || text.length > maxChars) return undefined;
    let isWanted = true;
    import("./colour.ts").then(
      async ({ colour }) => {
        const pieces = await colour(text, language);
        if (isWanted && pieces !== undefined) setFound({ text, language, pieces });
      },
      () => undefined, // Without that code the text is as readable, only plainer.
    );
    return () => {
      isWanted = false;
    };
  }, [text, language]);
  return found?.text === text && found.language === language ? found.pieces : [{ text, kind: "" }];
}
