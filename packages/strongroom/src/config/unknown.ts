/** What is said of names that are not ours. */
import { nearest } from "./nearest.ts";
import { openSections, options, optionsByName } from "./options.ts";
import { misfit, type ConfigProblem } from "./problem.ts";
import { streamlitNames } from "./streamlit-names.ts";

export function sectionNames(): readonly string[] {
  return [...Object.keys(options), ...openSections];
}

/** The known name that was probably meant, as a sentence. */
export function meantName(wrong: string, known: Iterable<string>): string {
  return meant(nearest(wrong, known));
}

function meant(name: string | undefined): string {
  return name === undefined ? "`strongroom config show` lists all that is known." : `Did you mean ${name}?`;
}

/** What an option of Streamlit is here, where it is no option of ours. */
export function streamlitAdvice(name: string): string | undefined {
  const known =
    streamlitNames[name] ??
    Object.entries(streamlitNames).find(([section]) => name.startsWith(`${section}.`))?.[1];
  if (known === undefined) return undefined;
  return "ours" in known ? `${known.ours}, which is its name here` : `no such option: ${known.why}`;
}

/** Throws: an option that is not known. */
export function unknownOption(place: string, name: string): never {
  const advice = streamlitAdvice(name);
  if (advice !== undefined) throw misfit({ place, name }, advice);
  throw misfit({ place, name }, "a known option", meant(nearestName(name)));
}

/** A section, or a key above all sections, that is not known. */
export function unknownSection(place: string, name: string, isSection: boolean): ConfigProblem {
  if (!isSection) return outsideSections(place, name);
  const ours = Object.entries(streamlitNames).find(([option]) => option.startsWith(`${name}.`));
  if (ours !== undefined)
    return misfit(
      { place, name: `[${name}]` },
      `a section of ours; of Streamlit's ${ours[0]} there is ${streamlitAdvice(ours[0]) ?? ""}`,
    );
  const near = nearest(name, sectionNames());
  return misfit(
    { place, name: `[${name}]` },
    "a known section",
    meant(near === undefined ? near : `[${near}]`),
  );
}

/** A key that stands above all sections. */
function outsideSections(place: string, name: string): ConfigProblem {
  const all = [...optionsByName.values()];
  const near = nearest(name, new Set(all.map((option) => option.key)));
  const { section, key } = all.find((option) => option.key === near) ?? { section: "server", key: "port" };
  return misfit({ place, name }, `keys in sections, such as ${key} below [${section}]`);
}

function nearestName(name: string): string | undefined {
  const at = name.lastIndexOf(".");
  const section = name.slice(0, at);
  const here = [...optionsByName.values()]
    .filter((option) => option.section === section)
    .map((option) => option.key);
  const near = nearest(name.slice(at + 1), here);
  return near === undefined ? nearest(name, optionsByName.keys()) : `${section}.${near}`;
}
