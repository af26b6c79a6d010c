import type { Boot, Theme } from "../../wire/boot.ts";
import type { Embed, EmbedPart } from "../../wire/embed-query.ts";
import { Signal } from "../signal.ts";
import type { Words } from "../words.ts";

export interface Toast extends Words {
  readonly id: number;
  readonly action?: { readonly label: string; readonly act: () => void };
}

/** What stands round the page and is no part of its tree. */
export class ShellState {
  readonly isConnected: Signal<boolean> = new Signal(true);
  readonly toasts: Signal<readonly Toast[]> = new Signal<readonly Toast[]>([]);
  readonly problem: Signal<string | null>;
  /** The viewer's choice; the system's where there is none. */
  readonly theme: Signal<Theme | undefined>;
  /** The author works on the app: errors say more. */
  readonly isEditing: boolean;
  /** Who everybody is, or says to be, where the app is tried out. */
  readonly playing: Boot["playing"];
  readonly isSignedIn: boolean;
  /** What the configuration lets stand round the page. */
  readonly shows: Boot["shows"];
  /** How the page looks in another, where its address says so. */
  readonly embed: Embed | undefined;
  /** The page goes to where its viewer signs in or out. */
  isLeaving = false;
  /** Asks the run to end. */
  stop: () => void = () => undefined;
  #toasts = 0;

  constructor({
    problem,
    theme,
    isEditing,
    playing,
    isSignedIn = false,
    shows,
    embed,
  }: {
    problem: string | null;
    theme: Theme | undefined;
    isEditing: boolean;
    playing?: Boot["playing"];
    isSignedIn?: boolean;
    shows: Boot["shows"];
    embed?: Embed | undefined;
  }) {
    this.problem = new Signal(problem);
    this.theme = new Signal(theme);
    this.isEditing = isEditing;
    this.playing = playing;
    this.isSignedIn = isSignedIn;
    this.shows = shows;
    this.embed = embed;
  }

  /** The address asks for a page without this. */
  hides(part: EmbedPart): boolean {
    return this.embed?.hides.includes(part) === true;
  }

  /** Tells the viewer something; the same words are not said twice at once. */
  tell(words: Words, action?: Toast["action"]): void {
    const shown = this.toasts.get().filter(({ title, text }) => title !== words.title || text !== words.text);
    this.toasts.set([...shown.slice(-3), { ...words, id: ++this.#toasts, ...(action && { action }) }]);
  }

  dismiss(id: number): void {
    this.toasts.set(this.toasts.get().filter((toast) => toast.id !== id));
  }
}
