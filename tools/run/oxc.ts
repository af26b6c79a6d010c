import { join } from "node:path";
import { root } from "../paths.ts";
import { capture, type Captured } from "./capture.ts";

export function oxfmt(args: readonly string[]): Promise<Captured> {
  return capture(process.execPath, [bin("oxfmt"), ...args]);
}

export function oxlint(args: readonly string[]): Promise<Captured> {
  // The linter starts `tsgolint` by name.
  const PATH = `${join(root, "node_modules", ".bin")}:${process.env["PATH"] ?? ""}`;
  return capture(process.execPath, [bin("oxlint"), ...args], { env: { ...process.env, PATH } });
}

function bin(name: string): string {
  return join(root, "node_modules", name, "bin", name);
}
