// Handles the output of a service: every line goes to its log file, and errors also to the console
// in a readable form.
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { prettyFactory } from "pino-pretty";
import { openLogFile } from "./log-files.ts";

const TAIL_LINES = 20;

export interface ServiceLog {
  /** Copies the output of a process to the file. A restarted process uses the same file. */
  follow(output: Readable | null, kind: "stdout" | "stderr"): void;
  /** The last lines, for an error message. */
  tail(): string;
  close(): void;
}

export interface ServiceLogOptions {
  readonly name: string;
  readonly logFile: string;
  /** Before it is larger, the file begins anew. Default: LOG_BYTES_MAX. */
  readonly logBytesMax?: number;
  /** Receives the errors that the service logs. */
  readonly onWarning?: (message: string) => void;
}

export function openServiceLog(options: ServiceLogOptions): ServiceLog {
  const file = openLogFile(options.logFile, options.logBytesMax);
  let recent: string[] = [];
  const take = (line: string, kind: "stdout" | "stderr") => {
    file.write(line);
    const readable = readableLine(line);
    recent = [...recent, readable].slice(-TAIL_LINES);
    if (kind === "stdout" && isError(line)) options.onWarning?.(`[${options.name}] ${readable}`);
  };
  return {
    follow: (output, kind) => {
      if (output) createInterface({ input: output }).on("line", (line) => take(line, kind));
    },
    tail: () => recent.join("\n"),
    close: () => file.close(),
  };
}

const pretty = prettyFactory({
  colorize: false,
  ignore: "pid,hostname,name,time,level",
  hideObject: false,
});

function readableLine(line: string): string {
  const entry = parse(line);
  return entry ? pretty(entry).trimEnd() : line;
}

/** True for a log line of level error or fatal (pino's 50 and 60). */
export function isError(line: string): boolean {
  const level = parse(line)?.level;
  return typeof level === "number" ? level >= 50 : level === "error" || level === "fatal";
}

function parse(line: string): Record<string, unknown> | null {
  if (!line.startsWith("{")) return null;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return null;
  }
}
