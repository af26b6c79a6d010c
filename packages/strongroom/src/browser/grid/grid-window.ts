/** Browsers draw no element higher than some 17 million px: above this height the scroll position is stretched. */
const mostPx = 15_000_000;
/** Rows drawn above and below those in sight. */
const margin = 6;

/** The rows that are drawn, and the empty space above and below them. */
export interface RowWindow {
  readonly from: number;
  /** One behind the last. */
  readonly to: number;
  readonly above: number;
  readonly below: number;
}

interface Scroll {
  readonly top: number;
  readonly viewHeight: number;
  readonly rowHeight: number;
  readonly count: number;
}

/** Which rows to draw at a scroll position. */
export function rowWindow({ top, viewHeight, rowHeight, count }: Scroll): RowWindow {
  const inView = Math.ceil(viewHeight / rowHeight) + 1;
  const whole = count * rowHeight;
  const height = Math.min(whole, mostPx);
  const first =
    whole === height ? Math.floor(top / rowHeight) : stretchedRow(top, { viewHeight, rowHeight, count });
  const from = Math.max(0, Math.min(first - margin, count - inView - 2 * margin));
  const to = Math.min(count, from + inView + 2 * margin);
  const above = whole === height ? from * rowHeight : Math.max(0, top - (first - from) * rowHeight);
  return { from, to, above, below: Math.max(0, height - above - (to - from) * rowHeight) };
}

function stretchedRow(top: number, { viewHeight, rowHeight, count }: Omit<Scroll, "top">): number {
  const share = Math.min(1, Math.max(0, top / (mostPx - viewHeight)));
  return Math.round(share * (count - Math.floor(viewHeight / rowHeight)));
}

/** The scroll position that brings a row into sight; the present one where it is already. */
export function scrollTopFor(row: number, { top, viewHeight, rowHeight, count }: Scroll): number {
  const whole = count * rowHeight;
  if (whole > mostPx) {
    const first = stretchedRow(top, { viewHeight, rowHeight, count });
    const fits = Math.floor(viewHeight / rowHeight);
    if (row >= first && row < first + fits) return top;
    const wanted = row < first ? row : row - fits + 1;
    return (wanted / Math.max(1, count - fits)) * (mostPx - viewHeight);
  }
  if (row * rowHeight < top) return row * rowHeight;
  return (row + 1) * rowHeight > top + viewHeight ? (row + 1) * rowHeight - viewHeight : top;
}
