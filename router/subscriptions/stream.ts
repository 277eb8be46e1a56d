// One subscription of one client: events of the subgraph, each completed with the rest of the
// selection, in order. It ends at once when the client leaves or is signed in no more, and tells by
// a code why it ended before it was complete.
import type {
  ExecutionResult,
  FormattedExecutionResult,
  GraphQLError,
  GraphQLFormattedError,
} from "graphql";
import { traceIdOf } from "#kit/trace";
import { clientError, fromFormatted, RefusedError } from "../errors.ts";
import type { Feed, UpstreamSink } from "../upstream/subscriptions.ts";
import { encoded } from "./messages.ts";
import { type Listener, tooSlow } from "./outlet.ts";
import { createQueue } from "./queue.ts";

export interface StreamOptions {
  /** Opens the source. */
  subscribe(sink: UpstreamSink): Feed;
  /** Completes one event. Never rejects. */
  complete(event: FormattedExecutionResult): Promise<ExecutionResult>;
  /** Calls back once, later, when the viewer is signed in no more; returns how to call that off. */
  whenOver(onOver: (reason: GraphQLError) => void): () => void;
  readonly traceId: string;
  /** Runs once, when the source is closed. */
  onEnd(): void;
}

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
    callOff();
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

  const callOff = options.whenOver((reason) => drop(refused([reason])));
  feed = options.subscribe(sink);
  return {
    async next() {
      const value = await queue.take();
      if (value) {
        feed?.taken();
        return { done: false, value };
      }
      callOff();
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

/** Some servers refuse a subscription by a first event that is nothing but errors. */
function isRefusal(
  event: FormattedExecutionResult,
): event is FormattedExecutionResult & { readonly errors: readonly GraphQLFormattedError[] } {
  return (event.data === undefined || event.data === null) && (event.errors?.length ?? 0) > 0;
}

/** Tells an opened stream as it comes; returns how to cancel it. */
export function tellStream(
  stream: AsyncIterableIterator<ExecutionResult>,
  listener: Listener,
): () => void {
  const tell = async () => {
    for await (const event of stream) {
      await new Promise<void>((resolve) => listener.next(encoded(event), resolve));
    }
    listener.end(null);
  };
  tell().catch((error: unknown) => {
    const masked = () => [clientError(error, traceIdOf(undefined)).toJSON()];
    listener.end(error instanceof RefusedError ? error.errors : masked());
  });
  return () => void stream.return?.();
}
