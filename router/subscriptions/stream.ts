// One subscription of one client: events of the subgraph, each completed with the rest of the
// selection, in order. It ends at once when the client leaves or its token expires, and tells by a
// code why it ended before it was complete.
import type {
  ExecutionResult,
  FormattedExecutionResult,
  GraphQLError,
  GraphQLFormattedError,
} from "graphql";
import { fail } from "#kit/errors";
import { clientError, fromFormatted, RefusedError } from "../errors.ts";
import type { Feed, UpstreamSink } from "../upstream/subscriptions.ts";
import { createQueue } from "./queue.ts";

export interface StreamOptions {
  /** Opens the source. */
  subscribe(sink: UpstreamSink): Feed;
  /** Completes one event. Never rejects. */
  complete(event: FormattedExecutionResult): Promise<ExecutionResult>;
  /** When the viewer's token ends, in ms since the epoch; null when nothing expires. */
  readonly expiresAt: number | null;
  readonly traceId: string;
  /** Runs once, when the source is closed. */
  onEnd(): void;
}

const TIMER_MS_MAX = 2 ** 31 - 1;

/**
 * Opens the stream. Its `next` rejects with a {@link RefusedError} unless it ends by completion or
 * `return`.
 */
export function openStream(options: StreamOptions): AsyncIterableIterator<ExecutionResult> {
  const queue = createQueue(options.complete);
  let isSourceOpen = true;
  let hasBegun = false;
  let failure: RefusedError | null = null;
  let feed: Feed | null = null;

  /** Closes the source. What waits is still delivered, and the reason after it. */
  function end(reason: RefusedError | null): void {
    if (!isSourceOpen) return;
    isSourceOpen = false;
    failure = reason;
    feed?.cancel();
    options.onEnd();
    queue.close();
  }

  /** Closes the source and delivers nothing more but the reason. */
  function drop(reason: RefusedError | null): void {
    clearTimeout(expiry);
    end(reason);
    failure = reason;
    queue.clear();
  }

  const refused = (errors: readonly GraphQLError[]) =>
    new RefusedError(errors.map((error) => clientError(error, options.traceId).toJSON()));

  const sink: UpstreamSink = {
    event(event) {
      if (!hasBegun && isRefusal(event)) return drop(refused(fromFormatted(event.errors)));
      hasBegun = true;
      if (!queue.push(event)) end(refused([tooSlow()]));
    },
    end: (errors) => end(errors && refused(fromFormatted(errors))),
  };

  const expiry = expiryTimer(options.expiresAt, () => drop(refused([sessionEnded()])));
  feed = options.subscribe(sink);
  return {
    async next() {
      const value = await queue.take();
      if (value) {
        feed?.taken();
        return { done: false, value };
      }
      clearTimeout(expiry);
      const reason = failure;
      failure = null;
      if (reason) throw reason;
      return { done: true, value: undefined };
    },
    async return() {
      drop(null);
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

function expiryTimer(expiresAt: number | null, onExpire: () => void): NodeJS.Timeout | undefined {
  if (expiresAt === null) return undefined;
  const remainingMs = Math.max(0, expiresAt - Date.now());
  return setTimeout(onExpire, Math.min(remainingMs, TIMER_MS_MAX));
}

/** Some servers refuse a subscription by a first event that is nothing but errors. */
function isRefusal(
  event: FormattedExecutionResult,
): event is FormattedExecutionResult & { readonly errors: readonly GraphQLFormattedError[] } {
  return (event.data === undefined || event.data === null) && (event.errors?.length ?? 0) > 0;
}

function tooSlow(): GraphQLError {
  const message = "Events came faster than they were taken: resume behind the last one you have.";
  return fail("RESYNC_REQUIRED", message);
}

function sessionEnded(): GraphQLError {
  const message = "The session ended: refresh it and resume behind the last event you have.";
  return fail("UNAUTHENTICATED", message);
}
