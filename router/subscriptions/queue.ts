// Events on their way to one client: bounded, a few of them completed at the same time, taken in
// the order in which they came.
import type { ExecutionResult, FormattedExecutionResult } from "graphql";

/** Events that wait for a client that is slower than their source. */
const WAITING_MAX = 256;
/** Events of one stream that are completed at the same time. */
const COMPLETED_AHEAD = 8;

interface Waiting {
  readonly event: FormattedExecutionResult;
  isStarted: boolean;
  result: ExecutionResult | null;
}

export interface Queue {
  /** False when the queue is full or closed: the event is not in it. */
  push(event: FormattedExecutionResult): boolean;
  /**
   * The next event once it is complete; null when the queue is closed and nothing is left. One
   * taker at a time.
   */
  take(): Promise<ExecutionResult | null>;
  /** Nothing more comes. What waits can still be taken. */
  close(): void;
  /** Nothing more comes, and nothing more is taken. */
  clear(): void;
}

/** An empty queue; `complete` must not reject. */
export function createQueue(
  complete: (event: FormattedExecutionResult) => Promise<ExecutionResult>,
): Queue {
  let waiting: Waiting[] = [];
  let isClosed = false;
  let wakeUp = () => {};

  function completeAhead(): void {
    for (const each of waiting.slice(0, COMPLETED_AHEAD)) {
      if (each.isStarted) continue;
      each.isStarted = true;
      complete(each.event).then((result) => {
        each.result = result;
        wakeUp();
      });
    }
  }

  return {
    push(event) {
      if (isClosed || waiting.length >= WAITING_MAX) return false;
      waiting.push({ event, isStarted: false, result: null });
      completeAhead();
      return true;
    },
    async take() {
      for (;;) {
        const result = waiting[0]?.result;
        if (result) {
          waiting.shift();
          completeAhead();
          return result;
        }
        if (isClosed && waiting.length === 0) return null;
        await new Promise<void>((resolve) => {
          wakeUp = resolve;
        });
      }
    },
    close() {
      isClosed = true;
      wakeUp();
    },
    clear() {
      isClosed = true;
      waiting = [];
      wakeUp();
    },
  };
}
