// Log files: one for this run, and `<name>.previous` for the run before. Older ones are lost.
import { mkdirSync, openSync, renameSync } from "node:fs";
import { dirname } from "node:path";

/** Opens an empty log file and returns its descriptor, which the caller closes. */
export function freshLogFile(file: string): number {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    renameSync(file, `${file}.previous`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  return openSync(file, "a", 0o600);
}

/** The last lines of a text, for an error message. */
export function lastLines(text: string, count = 12): string {
  return text.trimEnd().split("\n").slice(-count).join("\n");
}
