// Reads the log lines that the stack's services write from a moment on, while a test attacks them.
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { stack } from "../kit/stack.ts";

export interface LoggedLine {
  /** The log's name, such as `events-2`. */
  readonly service: string;
  readonly text: string;
}

export interface Logs {
  /** Every complete line written since then. */
  since(): Promise<LoggedLine[]>;
}

/** Starts at the current end of all logs. */
export async function watchLogs(): Promise<Logs> {
  const folder = join(stack().dataDir, "logs");
  const files = async () => (await readdir(folder)).filter((name) => name.endsWith(".log"));
  const begins = new Map<string, number>();
  for (const file of await files()) begins.set(file, (await stat(join(folder, file))).size);
  return {
    async since() {
      const lines = (await files()).map(async (file): Promise<LoggedLine[]> => {
        const bytes = await readFile(join(folder, file));
        const texts = bytes
          .subarray(begins.get(file) ?? 0)
          .toString("utf8")
          .split("\n");
        return texts.slice(0, -1).map((text) => ({ service: file.replace(/\.log$/, ""), text }));
      });
      return (await Promise.all(lines)).flat();
    },
  };
}

/** A line as an object. Null if it is not one JSON object. */
export function entryOf({ text }: LoggedLine): Readonly<Record<string, unknown>> | null {
  try {
    const entry: unknown = JSON.parse(text);
    return typeof entry === "object" && entry !== null ? { ...entry } : null;
  } catch {
    return null;
  }
}
