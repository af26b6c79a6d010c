import { useMemo, type ReactNode } from "react";
import { CopyButton } from "../../browser/controls/copy-button.tsx";
import { view } from "../../browser/view.ts";
import type { Infer, Json } from "../../wire/schema.ts";
import { useLayout } from "../layout.view.tsx";
import { Branch, isBranch, Leaf } from "./json-tree.view.tsx";
import style from "./json.module.css";
import { jsonSpec } from "./json.schema.ts";

/** Parts that are drawn at first: of what is larger, the deeper levels wait to be opened. */
const maxDrawn = 400;

export default view(jsonSpec, ({ props }) => <JsonBox props={props} />);

function JsonBox({ props }: { props: Infer<typeof jsonSpec.props> }): ReactNode {
  const { text, expanded } = props;
  // Written by the worker with `JSON.stringify`: what is parsed here is JSON.
  const value = useMemo(() => JSON.parse(text) as Json, [text]);
  const levels = useMemo(() => openLevels(value, expanded), [value, expanded]);
  const pretty = useMemo(() => JSON.stringify(value, null, 2), [value]);
  return (
    <div {...useLayout(props, style["json"])}>
      <div className={style["tree"]}>
        {isBranch(value) ? (
          <Branch key={levels} value={value} depth={0} levels={levels} />
        ) : (
          <Leaf value={value} />
        )}
      </div>
      <CopyButton text={pretty} className={style["copy"]} />
    </div>
  );
}

/** How many levels are open at first: as many as were asked for and are not too much. */
function openLevels(value: Json, wanted: number): number {
  let level = [value];
  let drawn = 0;
  for (let depth = 0; depth < wanted; depth++) {
    const next = level.filter(isBranch).flatMap((branch) => Object.values(branch) as Json[]);
    drawn += Math.min(next.length, maxDrawn + 1);
    if (next.length === 0) return wanted;
    // The first level is shown all the same: it draws its first parts only.
    if (drawn > maxDrawn) return Math.max(depth, Math.min(1, wanted));
    level = next;
  }
  return wanted;
}
