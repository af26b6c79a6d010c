import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Programs of the system that we use where they are. */
export interface Programs {
  readonly bubblewrap: string | undefined;
  readonly setpriv: string | undefined;
}

export function findPrograms(): Programs {
  const isLinux = process.platform === "linux";
  return { bubblewrap: isLinux ? find("bwrap") : undefined, setpriv: isLinux ? find("setpriv") : undefined };
}

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
}

/** The same command, ended by the system when we end, however we do: a program that loops hears nothing else. */
export function tied({ setpriv }: Programs, command: string, args: readonly string[]): Command {
  if (setpriv === undefined) return { command, args };
  return { command: setpriv, args: ["--pdeathsig=KILL", "--", command, ...args] };
}

function find(name: string): string | undefined {
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/bin", "/bin", "/usr/sbin", "/sbin"];
  return folders
    .filter((folder) => folder.startsWith("/"))
    .map((folder) => join(folder, name))
    .find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false; // not there, or not ours to run: it may be in another folder
  }
}
