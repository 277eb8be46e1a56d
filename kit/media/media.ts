// Looks at a file that somebody has sent: compares it with its declaration, has it scanned, and has
// it read by a process that may die. It stores nothing.
import { systemClock } from "#kit/clock";
import { createKeyedQueue } from "#kit/data/keyed-queue";
import { JobFailure } from "#kit/jobs/failure";
import { countMedia, countMediaEnd } from "#kit/media/metrics";
import {
  type MediaProcess,
  MediaProcessEnded,
  type ProcessLimits,
  startMediaProcess,
} from "#kit/media/process";
import type { MediaRequest } from "#kit/media/protocol";
import { type MediaFile, removeLeftBehind, withReceived } from "#kit/media/received";
import { type MediaPurpose, type MediaResult, refused } from "#kit/media/results";
import { type Scanner, ScannerUnavailable } from "#kit/media/scanner";
import type { Log } from "#kit/service/logger";

export interface MediaOptions {
  readonly log: Log;
  /** Null where nothing is scanned. */
  readonly scanner: Scanner | null;
  /** True: a file without a verdict waits, and one too large to be scanned is refused. */
  readonly scansAll: boolean;
  readonly limits?: Partial<ProcessLimits>;
}

export interface Media {
  /**
   * The result of a file: its facts, or why it is refused. Throws a `JobFailure` when it is to be
   * tried again: too much is waiting, or a verdict of the scanner is missing.
   */
  process(file: MediaFile, purpose: MediaPurpose): Promise<MediaResult>;
  stop(): void;
}

/** A photo of 24 million pixels takes 2 seconds on a busy machine. */
const LIMITS: ProcessLimits = { timeoutMs: 30_000, megabytesMax: 700 };
/** Files in work or waiting for it in this worker. */
const WAITING_MAX = 32;
const BUSY_RETRY_MS = 5_000;
const SCAN_RETRY_MS = 15_000;
const IDLE_MS = 60_000;
const QUEUE = "media";

/** Starts no process before the first file. */
export function createMedia(options: MediaOptions): Media {
  const limits = { ...LIMITS, ...options.limits };
  const queue = createKeyedQueue();
  const reader = createReader(limits, options.log);
  let waiting = 0;
  void removeLeftBehind(systemClock()).catch(() => undefined);
  return {
    async process(file, purpose) {
      if (waiting >= WAITING_MAX) throw new JobFailure("Too many files wait.", BUSY);
      waiting += 1;
      try {
        const result = await withReceived(file, async (path) => {
          const refusal = await judgeScan(options, path);
          if (refusal) return refusal;
          const { contentType } = file;
          return queue.run(QUEUE, () =>
            reader.read({ path, contentType, purpose: plain(purpose) }),
          );
        });
        countMedia(result);
        return result;
      } finally {
        waiting -= 1;
      }
    },
    stop: reader.stop,
  };
}

const BUSY = { retryAfterMs: BUSY_RETRY_MS };

/** Lists that may be sent. */
function plain({ kinds, renditions, durationMsMax }: MediaPurpose): MediaRequest["purpose"] {
  return { kinds: [...kinds], renditions: renditions.map((each) => ({ ...each })), durationMsMax };
}

/** The refusal by the scanner; null for none. */
async function judgeScan(
  { scanner, scansAll, log }: MediaOptions,
  path: string,
): Promise<MediaResult | null> {
  if (!scanner) return null;
  try {
    const verdict = await scanner.scan(path);
    if (verdict === "infected") return refused("INFECTED");
    return verdict === "tooLarge" && scansAll ? refused("NOT_SCANNED") : null;
  } catch (error) {
    if (!(error instanceof ScannerUnavailable)) throw error;
    if (scansAll) throw new JobFailure(error.message, { retryAfterMs: SCAN_RETRY_MS });
    log.warn({ err: error }, "a file was taken without a scan");
    return null;
  }
}

/** Reads files in one process after another. */
function createReader(limits: ProcessLimits, log: Log) {
  let current: MediaProcess | null = null;
  let idle: NodeJS.Timeout | undefined;
  let isStopped = false;
  const end = () => {
    current?.end();
    current = null;
  };
  const readOnce = async (request: MediaRequest) => {
    if (isStopped) throw new JobFailure("The worker stops.");
    clearTimeout(idle);
    if (!current?.isUsable) {
      end();
      current = startMediaProcess(limits);
    }
    try {
      return await current.read(request);
    } finally {
      idle = setTimeout(end, IDLE_MS).unref();
    }
  };
  return {
    /** A file that ends a process may have been there by chance. The second time it is refused. */
    async read(request: MediaRequest): Promise<MediaResult> {
      for (const isLast of [false, true]) {
        try {
          return await readOnce(request);
        } catch (error) {
          if (!(error instanceof MediaProcessEnded)) throw error;
          if (isStopped) throw new JobFailure("The worker stops.");
          countMediaEnd();
          log.warn({ err: error, contentType: request.contentType, isLast }, MEDIA_ENDED);
        }
      }
      return refused("UNPROCESSABLE");
    },
    stop() {
      isStopped = true;
      clearTimeout(idle);
      end();
    },
  };
}

const MEDIA_ENDED = "the process that reads media ended at a file";
