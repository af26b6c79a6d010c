import { useEffect, useRef, useState, type RefObject } from "react";
import { sendFile, takeBack } from "./send-file.ts";

/** A file of the viewer's, before it is sent. */
export interface Chosen {
  readonly name: string;
  readonly body: Blob;
}

/** A file on its way, or why it did not come. */
export interface OnItsWay {
  readonly key: number;
  readonly name: string;
  readonly size: number;
  /** From 0 to 1. */
  readonly part: number;
  readonly error: string | undefined;
}

interface Place {
  readonly slot: string;
  readonly maxFiles: number;
  readonly value: readonly string[];
  readonly setValue: (value: readonly string[]) => void;
  /** Why a file need not be sent at all, in words. */
  readonly refusalOf: (file: Chosen) => string | undefined;
  /** What the place takes, in words, where the server refused a file by such a status. */
  readonly wordsOf?: (status: number) => string | undefined;
}

export interface Files {
  readonly onTheirWay: readonly OnItsWay[];
  /** Names and sizes of files that this page has sent, by their id. */
  readonly known: ReadonlyMap<string, { readonly name: string; readonly size: number }>;
  readonly send: (files: readonly Chosen[]) => void;
  readonly cancel: (key: number) => void;
  readonly remove: (file: string) => void;
}

/** So many leave at a time. */
const atOnce = 3;

/** The files of one widget: sent, cancelled, taken back. */
export function useFiles(place: Place): Files {
  const { onTheirWay, add, change } = useOnTheirWay();
  const [parts] = useState(() => new Parts());
  const current = useCurrent(place);
  useEffect(() => () => parts.cancelAll(), [parts]);
  const sendOne = async (key: number, file: Chosen, signal: AbortSignal): Promise<void> => {
    const { slot, wordsOf } = current.current;
    const onProgress = (part: number): void => change(key, { part });
    const sent = await sendFile({ slot, ...file, onProgress, signal });
    if (signal.aborted) return;
    change(key, sent.ok ? undefined : { error: wordsOf?.(sent.status) ?? sent.words });
    if (!sent.ok) return;
    parts.known.set(sent.file, { name: file.name, size: file.body.size });
    keep(parts, current.current, sent.file);
  };
  return {
    onTheirWay,
    known: parts.known,
    send(files) {
      const room = place.maxFiles === 1 ? 1 : Math.max(0, place.maxFiles - place.value.length);
      for (const file of files.slice(0, room)) {
        const key = parts.nextKey();
        const error = place.refusalOf(file);
        add({ key, name: file.name, size: file.body.size, part: 0, error }, place.maxFiles === 1);
        if (place.maxFiles === 1) parts.cancelAll();
        if (error === undefined) parts.queue(key, (signal) => sendOne(key, file, signal));
      }
    },
    cancel(key) {
      parts.cancel(key);
      change(key, undefined);
    },
    remove(file) {
      const next = parts.latest(place.value).filter((one) => one !== file);
      parts.set(next);
      place.setValue(next);
      void takeBack(place.slot, file);
    },
  };
}

/** The place as it was drawn last: what a file meets that arrives later. */
function useCurrent(place: Place): RefObject<Place> {
  const current = useRef(place);
  useEffect(() => {
    current.current = place;
  });
  return current;
}

function useOnTheirWay() {
  const [onTheirWay, setOnTheirWay] = useState<readonly OnItsWay[]>([]);
  return {
    onTheirWay,
    add: (entry: OnItsWay, isAlone: boolean): void =>
      setOnTheirWay((all) => [...(isAlone ? [] : all), entry]),
    /** Without anything to change to, it is on its way no more. */
    change: (key: number, to: Partial<OnItsWay> | undefined): void =>
      setOnTheirWay((all) =>
        all.flatMap((one) => (one.key !== key ? [one] : to === undefined ? [] : [{ ...one, ...to }])),
      ),
  };
}

/** A file has come: it is part of the answer, or in a place for one file all of it. */
function keep(parts: Parts, { value, maxFiles, setValue, slot }: Place, id: string): void {
  const next = maxFiles === 1 ? [id] : [...parts.latest(value), id];
  const gone = maxFiles === 1 ? parts.latest(value) : [];
  parts.set(next);
  setValue(next);
  for (const file of gone) void takeBack(slot, file);
}

/** What goes on between two drawings. */
class Parts {
  readonly known = new Map<string, { readonly name: string; readonly size: number }>();
  readonly #running = new Map<number, AbortController>();
  readonly #waiting: { readonly key: number; readonly start: (signal: AbortSignal) => Promise<void> }[] = [];
  /** The answer that was given last, as long as the page does not show it yet. */
  #given: { readonly value: readonly string[]; readonly until: number } | undefined;
  #last = 0;

  nextKey(): number {
    return ++this.#last;
  }

  set(value: readonly string[]): void {
    this.#given = { value, until: Date.now() + 1_000 };
  }

  /** Files that arrive together must not overwrite each other's answer. */
  latest(shown: readonly string[]): readonly string[] {
    return this.#given === undefined || Date.now() > this.#given.until ? shown : this.#given.value;
  }

  queue(key: number, start: (signal: AbortSignal) => Promise<void>): void {
    this.#waiting.push({ key, start });
    this.#next();
  }

  cancel(key: number): void {
    const at = this.#waiting.findIndex((one) => one.key === key);
    if (at >= 0) this.#waiting.splice(at, 1);
    this.#running.get(key)?.abort();
  }

  cancelAll(): void {
    this.#waiting.length = 0;
    for (const controller of this.#running.values()) controller.abort();
  }

  #next(): void {
    if (this.#running.size >= atOnce) return;
    const next = this.#waiting.shift();
    if (next === undefined) return;
    const controller = new AbortController();
    this.#running.set(next.key, controller);
    void next.start(controller.signal).finally(() => {
      this.#running.delete(next.key);
      this.#next();
    });
    this.#next();
  }
}
