import type { ReactNode } from "react";
import { LocaleContext } from "./locale.tsx";
import { PageContext, type Page } from "./page-context.ts";
import { App } from "./shell/app.tsx";
import { StyleContext, type StyleSink } from "./style.tsx";

/** What is drawn on the server and taken up in the browser. */
export function Root({ page, locale, sink }: { page: Page; locale: string; sink: StyleSink }): ReactNode {
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
