import { useCallback, useEffect, useState } from "react";
import { wholeTable, type Cell, type TableData } from "../elements/table-data.schema.ts";
import { decode } from "../wire/schema.ts";

/** A table of which all rows have arrived, or the first ones. */
export interface LoadedTable {
  readonly cells: readonly (readonly Cell[])[];
  readonly state: "whole" | "loading" | "failed";
  readonly retry: () => void;
}

interface Fetched {
  readonly handle: string;
  /** Nothing when they could not be fetched. */
  readonly cells: readonly (readonly Cell[])[] | undefined;
}

/** The cells of a table: those in the page at once, the whole when its bytes have been fetched. */
export function useTable(data: TableData): LoadedTable {
  const { handle, values, count: rows } = data;
  const columns = data.columns.length;
  const [fetched, setFetched] = useState<Fetched>();
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    if (handle === undefined) return undefined;
    const controller = new AbortController();
    fetchWhole(handle, { columns, rows }, controller.signal).then(
      (cells) => setFetched({ handle, cells }),
      () => {
        // Not there any more, or no network: the viewer is told, and may ask again.
        if (!controller.signal.aborted) setFetched({ handle, cells: undefined });
      },
    );
    return () => controller.abort();
  }, [handle, columns, rows, attempt]);
  const retry = useCallback(() => {
    setFetched(undefined);
    setAttempt((count) => count + 1);
  }, []);
  if (handle === undefined) return { cells: values, state: "whole", retry };
  if (fetched?.handle !== handle) return { cells: values, state: "loading", retry };
  const { cells } = fetched;
  return cells === undefined ? { cells: values, state: "failed", retry } : { cells, state: "whole", retry };
}

async function fetchWhole(
  handle: string,
  size: { readonly columns: number; readonly rows: number },
  signal: AbortSignal,
): Promise<readonly (readonly Cell[])[]> {
  const response = await fetch(`_strongroom/bytes/${handle}`, { signal, credentials: "same-origin" });
  if (!response.ok) throw new Error(`The table was answered with ${response.status}.`);
  const decoded = decode(wholeTable(size.columns, size.rows), await response.json());
  if (!decoded.ok) throw new TypeError(`${decoded.expected} were expected.`);
  return decoded.value;
}
