// Log files, which are bounded: `<name>.log`, and `<name>.log.previous` with what came before: the
// run before, or the first part of this one. What is older is lost.
import {
  copyFileSync,
  createWriteStream,
  mkdirSync,
  openSync,
  renameSync,
  statSync,
  truncateSync,
} from "node:fs";
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

/** A log takes twice as much at most, with what came before. */
const LOG_BYTES_MAX = 20_000_000;

export interface LogFile {
  /** Appends a line, to a new file if this one is full. */
  write(line: string): void;
  close(): void;
}

/** Opens an empty log file that begins anew before it is larger than `bytesMax`. */
export function openLogFile(file: string, bytesMax = LOG_BYTES_MAX): LogFile {
  const open = () => createWriteStream(file, { fd: freshLogFile(file) });
  let stream = open();
  let bytes = 0;
  return {
    write(line) {
      if (stream.writableEnded) return;
      const text = `${line}\n`;
      const added = Buffer.byteLength(text);
      if (bytes > 0 && bytes + added > bytesMax) {
        stream.end();
        stream = open();
        bytes = 0;
      }
      bytes += added;
      stream.write(text);
    },
    close: () => void stream.end(),
  };
}

const LOOK_EVERY_MS = 30_000;

/**
 * Bounds a log file that another process appends to, until the returned function is called. Lines
 * that it writes between copy and cut are lost.
 */
export function boundLogFile(file: string): () => void {
  const timer = setInterval(() => cutIfLarge(file), LOOK_EVERY_MS).unref();
  return () => clearInterval(timer);
}

export function cutIfLarge(file: string, bytesMax = LOG_BYTES_MAX): void {
  try {
    if (statSync(file).size <= bytesMax) return;
    copyFileSync(file, `${file}.previous`);
    truncateSync(file);
  } catch {
    // A full disk, or a file that is gone: the servers go on without.
  }
}
