// Whether a program is installed on this machine: Debian's package `prometheus` has two that some
// tests use.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** The path of a program, if there is one on the PATH. */
export function installed(program: string): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
}
