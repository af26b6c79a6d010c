import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { packageRoot } from "../paths.ts";
import { browserRooms, rooms, type Room } from "./import-table.ts";
import { repositoryFiles } from "./files.ts";

const source = join(packageRoot, "src");
const importLine =
  /^\s*(?:import\s*|(?:import|export)\b[^"'`;=()]*?\bfrom\s*)["']([^"'\n]+)["']|\bimport\(\s*["']([^"'\n]+)["']\s*\)/gm;

/** Every import that the table does not allow: where it stands, what it asks for, and what is allowed there. */
export function checkImports(): readonly string[] {
  return repositoryFiles()
    .filter((path) => /^packages\/strongroom\/src\/.*\.tsx?$/.test(path) && !/\.(test|d)\.tsx?$/.test(path))
    .flatMap((path) => refusedImports(path, readFileSync(path, "utf8")));
}

/** The refused imports of one file, given by its path from the repository and its text. */
export function refusedImports(path: string, text: string): readonly string[] {
  const room = roomOf(path);
  if (room === undefined) return [`${path} belongs to no room of tools/check/import-table.ts`];
  return [...text.matchAll(importLine)].flatMap((match) => {
    const target = match[1] ?? match[2] ?? "";
    if (isAllowed(room, path, target)) return [];
    const line = text.slice(0, match.index + match[0].length).split("\n").length;
    return [`${path}:${line}\n  → ${target}\n    ${room.name} may import ${allowance(room)}`];
  });
}

function isAllowed(room: Room, path: string, target: string): boolean {
  if (!target.startsWith(".")) return isModuleAllowed(room, target);
  const there = roomOf(join(dirname(path), target));
  if (there === undefined) return false;
  const isStyle = there.name === "style" && browserRooms.includes(room.name);
  const isServer = room.rooms.includes("*") && !browserRooms.includes(there.name);
  return there === room || isStyle || isServer || room.rooms.includes(there.name);
}

function isModuleAllowed(room: Room, target: string): boolean {
  const ofNode = target.startsWith("node:");
  if (ofNode && browserRooms.includes(room.name)) return false;
  const name = target
    .split("/")
    .slice(0, target.startsWith("@") ? 2 : 1)
    .join("/");
  return (
    room.modules.includes("*") || room.modules.includes(name) || (ofNode && room.modules.includes("node:*"))
  );
}

function roomOf(path: string): Room | undefined {
  const inside = relative(source, path);
  return rooms.find((room) => room.path.test(inside));
}

function allowance(room: Room): string {
  return [...new Set([room.name, ...room.rooms, ...room.modules])].join(", ");
}
