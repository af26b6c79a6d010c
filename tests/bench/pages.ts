import { fileURLToPath } from "node:url";

/** The folder of one of the apps under measurement. */
export function pageFolder(name: "growing" | "hog" | "plain"): string {
  return fileURLToPath(new URL(`pages/${name}`, import.meta.url));
}
