import type { ReactNode } from "react";
import type { Inline, RichText } from "../../wire/rich-text.ts";
import { isForeign, safeHref } from "./href.ts";
import { Maths } from "./maths.tsx";
import { useStyle } from "../style.tsx";
import style from "./rich.module.css";

/** Inline Markdown as elements. */
export function Rich({ text }: { text: RichText | undefined }): ReactNode {
  if (text === undefined || typeof text === "string") return text;
  return text.map((part, index) => <Part key={index} part={part} />);
}

/** The words of a text, without their marks: for names of controls. */
export function plainText(text: RichText): string {
  if (typeof text === "string") return text;
  return text.map((part) => (typeof part === "string" ? part : wordsOf(part))).join("");
}

function wordsOf(part: Exclude<Inline, string>): string {
  if ("c" in part) return plainText(part.c);
  if (part.t === "code") return part.text;
  if (part.t === "math") return part.tex;
  return part.t === "br" ? " " : "";
}

function Part({ part }: { part: Inline }): ReactNode {
  if (typeof part === "string") return part;
  switch (part.t) {
    case "code":
      return <code className={style["code"]}>{part.text}</code>;
    case "icon":
      return <Sign name={part.name} path={part.path} />;
    case "math":
      return <Maths formula={part} />;
    case "br":
      return <br />;
    case "strong":
    case "em":
    case "del":
    case "small":
      return (
        <part.t className={style[part.t]}>
          <Rich text={part.c} />
        </part.t>
      );
    case "link":
      return (
        <Link href={part.href}>
          <Rich text={part.c} />
        </Link>
      );
    case "paint":
      return <Paint part={part} />;
    case "color":
    case "background":
    case "badge":
      return (
        <span className={`${style[part.t] ?? ""} ${style[part.color] ?? ""}`}>
          <Rich text={part.c} />
        </span>
      );
    default:
      return null; // A mark that a newer server knows: its words are not worth the page.
  }
}

/** Words in colours of the author's own. */
function Paint({ part }: { part: Extract<Inline, { t: "paint" }> }): ReactNode {
  const named = (color: string): string | undefined =>
    color === "" ? undefined : ownColors.test(color) ? `var(--${color.replace("grey", "gray")})` : color;
  const painted = useStyle({ color: named(part.ink), background: named(part.ground) });
  return (
    <span className={painted}>
      <Rich text={part.c} />
    </span>
  );
}

/** Names that the theme has colours for. */
const ownColors = /^(?:red|orange|yellow|green|blue|violet|gr[ae]y)$/;

function Link({ href, children }: { href: string; children: ReactNode }): ReactNode {
  const address = safeHref(href);
  if (address === undefined) return <span>{children}</span>;
  if (!isForeign(address))
    return (
      <a className={style["link"]} href={address}>
        {children}
      </a>
    );
  return (
    <a className={style["link"]} href={address} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}

/** A sign that the author names, as big as the text round it: lines on a grid of 24, or nothing where the name is not known. */
function Sign({ name, path }: { name: string; path: string }): ReactNode {
  return path === "" ? null : (
    <svg
      className={name === "spinner" ? `${style["sign"] ?? ""} ${style["spinner"] ?? ""}` : style["sign"]}
      viewBox="0 0 24 24"
      role="img"
      aria-label={name.replaceAll("_", " ")}
    >
      <path d={path} />
    </svg>
  );
}
