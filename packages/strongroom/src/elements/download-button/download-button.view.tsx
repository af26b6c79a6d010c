import { useEffect, useRef, type ReactNode } from "react";
import { view } from "../../browser/view.ts";
import type { Infer } from "../../wire/schema.ts";
import { ButtonFace } from "../button/button-face.view.tsx";
import style from "./download-button.module.css";
import { downloadButtonSpec } from "./download-button.schema.ts";

type Props = Infer<typeof downloadButtonSpec.props>;

export default view(downloadButtonSpec, ({ props, press }) => <DownloadButton props={props} press={press} />);

function DownloadButton({ props, press }: { props: Props; press: () => void }): ReactNode {
  const { source, made, quiet, ...face } = props;
  // Only what this tab asked for is saved: not what a page still shows after a refresh.
  const isAwaited = useRef(false);
  useEffect(() => {
    if (made === undefined || !isAwaited.current) return;
    isAwaited.current = false;
    save(made);
  }, [made]);
  const act = (): void => {
    if (source === undefined) isAwaited.current = true;
    else save(source);
    if (quiet !== true) press();
  };
  return (
    <>
      <ButtonFace props={face} press={act} />
      <span className={style["news"]} role="status">
        {made === undefined ? "" : "The file is ready"}
      </span>
    </>
  );
}

/** The server says that it is to be saved, and under which name. */
function save(handle: string): void {
  const link = document.createElement("a");
  link.href = `_strongroom/bytes/${handle}`;
  link.download = "";
  link.click();
}
