import type { DownMessage, RefusalCode } from "../wire/messages.ts";

type Notice = Extract<DownMessage, { t: "notice" }>;
type Gone = Extract<DownMessage, { t: "gone" }>["why"];

/** Why an answer stands in the page and not on the server. */
export function refusalWords(code: RefusalCode): string {
  switch (code) {
    case "disabled":
      return "This cannot be changed right now.";
    case "invalid-value":
      return "This no longer fits; please choose again.";
    case "too-fast":
      return "Too many changes at once; please try again.";
    case "unknown-widget":
    case "not-a-trigger":
    case "future-tree":
    case "unknown-page":
      return "The page has changed; please try again.";
  }
}

/** What a widget says that is required, where its answer is empty. */
export function missingWords(answer: unknown): string {
  if (answer === false) return "This is needed to go on";
  if (!Array.isArray(answer)) return "An answer is needed";
  return answer.length === 0 ? "Choose at least one" : "Both are needed";
}

export interface Words {
  readonly tone: "info" | "warn" | "bad";
  readonly title: string;
  readonly text: string;
}

/** What a viewer is told. */
export function noticeWords({ code, detail = "" }: Notice): Words {
  const at = detail === "" ? "" : ` (${detail})`;
  switch (code) {
    case "click-cut-off":
      return {
        tone: "warn",
        title: detail === "" ? "A click was cut off" : `“${detail}” was cut off`,
        text: "The server restarted while it ran. It did not run again: check, then press once more if you need to.",
      };
    case "stopped-blocked":
      return {
        tone: "bad",
        title: "Stopped: it took too long",
        text: `The app's code kept the server busy for too long${at}. The page is as it was before.`,
      };
    case "stopped-memory":
      return {
        tone: "bad",
        title: "Stopped: out of memory",
        text: `The app's code used more memory than it may${at}. The page is as it was before.`,
      };
    case "stopped-crashed":
      return {
        tone: "bad",
        title: "Stopped: it crashed",
        text: `The app's code ended its process again and again${at}. The page is as it was before.`,
      };
    case "state-too-large":
      return {
        tone: "warn",
        title: "Too large to keep",
        text: `What this page remembers has grown too large${at}: it would not survive a restart.`,
      };
    case "draining":
      return { tone: "info", title: "The server restarts", text: "Go on: nothing you typed is lost." };
  }
}

/** Why a session cannot go on in this tab. */
export function goneWords(why: Gone): Words {
  switch (why) {
    case "elsewhere":
      return {
        tone: "info",
        title: "Open in another tab",
        text: "This page goes on there. Load it here to start anew.",
      };
    case "full":
      return {
        tone: "warn",
        title: "The server is full",
        text: "Too many people are here right now. Try again in a moment.",
      };
    case "expired":
      return {
        tone: "info",
        title: "This page has expired",
        text: "It was left alone for too long. Load it to start anew.",
      };
    case "signed-out":
      return { tone: "info", title: "You are signed out", text: "Load the page to sign in again." };
    case "not-allowed":
      return {
        tone: "warn",
        title: "This page is not yours to see",
        text: "You no longer have access to it.",
      };
    case "protocol":
      return { tone: "info", title: "A new version is here", text: "Load the page to go on." };
  }
}
