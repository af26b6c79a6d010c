import { useEffect, type ReactNode } from "react";
import { LocaleContext } from "./locale.tsx";
import { PageContext, type Page } from "./page-context.ts";
import { App } from "./shell/app.tsx";
import { StyleContext, type StyleSink } from "./style.tsx";

interface RootProps {
  readonly page: Page;
  readonly locale: string;
  readonly sink: StyleSink;
  /** The page answers from here on. */
  readonly onAlive?: () => void;
}

/** What is drawn on the server and taken up in the browser. */
export function Root({ page, locale, sink, onAlive }: RootProps): ReactNode {
  useEffect(() => onAlive?.(), [onAlive]);
  return (
    <StyleContext value={sink}>
      <LocaleContext value={locale}>
        <PageContext value={page}>
          <App />
        </PageContext>
      </LocaleContext>
    </StyleContext>
  );
}

/** The id of the element that the page is drawn into. */
export const rootElementId = "strongroom";
