// One process that reads media, seen from the worker: starts when it is needed, takes one file at a
// time, and is killed when a file takes too long.
import { type ChildProcess, fork } from "node:child_process";
import { constants, setPriority } from "node:os";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { answerShape, type MediaRequest, OUT_OF_MEMORY } from "#kit/media/protocol";
import type { MediaResult } from "#kit/media/results";

export interface ProcessLimits {
  /** For one file. */
  readonly timeoutMs: number;
  /** Of the whole process. */
  readonly megabytesMax: number;
}

/** Its objects; what libvips decodes is outside. */
const HEAP_MEGABYTES = 128;
const START_TIMEOUT_MS = 30_000;
/** Then it is replaced: a decoder may keep what it no longer needs. */
const FILES_MAX = 200;

/** The process ended before it answered. */
export class MediaProcessEnded extends Error {
  override readonly name = "MediaProcessEnded";
}

export interface MediaProcess {
  /** False when another one must be started. */
  readonly isUsable: boolean;
  /** One at a time. Throws a `MediaProcessEnded`. */
  read(request: MediaRequest): Promise<MediaResult>;
  /** Kills it. */
  end(): void;
}

/** Starts a process. Nothing waits for it: the first file does. */
export function startMediaProcess({ timeoutMs, megabytesMax }: ProcessLimits): MediaProcess {
  const child = forked(megabytesMax);
  const ready = answerOf(child, START_TIMEOUT_MS);
  ready.catch(() => undefined);
  let files = 0;
  return {
    get isUsable() {
      return child.connected && child.exitCode === null && !child.killed && files < FILES_MAX;
    },
    async read(request) {
      files += 1;
      await ready;
      const answer = answerOf(child, timeoutMs);
      child.send(request);
      const { success, data } = answerShape.safeParse(await answer);
      if (success) return data.result;
      child.kill("SIGKILL");
      throw new MediaProcessEnded("It answered something else than a result.");
    },
    end: () => void child.kill("SIGKILL"),
  };
}

/** It inherits no setting: a decoder that is taken over must find no secrets. */
function forked(megabytesMax: number): ChildProcess {
  const extension = extname(import.meta.url);
  const path = fileURLToPath(new URL(`./child${extension}`, import.meta.url));
  const loading = extension === ".ts" ? ["--import", "tsx"] : ["--conditions=compiled"];
  const child = fork(path, [String(megabytesMax)], {
    env: {},
    execArgv: [...loading, `--max-old-space-size=${HEAP_MEGABYTES}`],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  child.on("error", () => child.kill("SIGKILL"));
  child.on("spawn", () => {
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  });
  child.unref();
  child.channel?.unref();
  return child;
}

/** The next message. Kills a process that sends none in time. */
function answerOf(child: ChildProcess, timeoutMs: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      settle();
      child.kill("SIGKILL");
      reject(new MediaProcessEnded(`It did not answer within ${timeoutMs} ms.`));
    }, timeoutMs);
    const answered = (message: unknown) => {
      settle();
      resolve(message);
    };
    const ended = (code: number | null, signal: string | null) => {
      settle();
      const why = code === OUT_OF_MEMORY ? "outgrew its memory" : `ended (${signal ?? code})`;
      reject(new MediaProcessEnded(`It ${why}.`));
    };
    const settle = () => {
      clearTimeout(timer);
      child.off("message", answered);
      child.off("exit", ended);
    };
    child.once("message", answered);
    child.once("exit", ended);
    if (child.exitCode !== null || child.signalCode !== null) {
      ended(child.exitCode, child.signalCode);
    }
  });
}
