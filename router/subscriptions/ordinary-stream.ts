// One subscription of one client: events of the subgraph, each completed with the rest of the
// selection, in order. It ends at once when the client leaves or is signed in no more, and tells by
// a code why it ended before it was complete.
import type {
  ExecutionResult,
  FormattedExecutionResult,
  GraphQLError,
  GraphQLFormattedError,
} from "graphql";
import { clientError, fromFormatted } from "../errors/errors.ts";
import type { UpstreamSink, UpstreamSubscription } from "../upstream/subscriptions.ts";
import { encoded } from "./messages.ts";
import * as outlets from "./send-queue.ts";
import { type ClientSink, tooSlow } from "./send-queue.ts";

export interface OrdinaryOptions {
  /** Opens the source. */
  subscribe(sink: UpstreamSink): UpstreamSubscription;
  /** Completes one event. Never rejects. */
  complete(event: FormattedExecutionResult): Promise<ExecutionResult>;
  /** True where the source wants to know what the client has received. */
  readonly wantsReceipts: boolean;
  /** Calls back once, later, when the viewer is signed in no more; returns how to call that off. */
  whenOver(onOver: (reason: GraphQLError) => void): () => void;
  readonly traceId: string;
  /** Runs once, when the source is closed. */
  onEnd(): void;
}

/** Tells the stream to `listener`; returns how to cancel it. */
export function openOrdinaryStream(options: OrdinaryOptions, listener: ClientSink): () => void {
  const outlet = outlets.createSendQueue(listener, () => callOff());
  let isSourceOpen = true;
  let hasBegun = false;
  let feed: UpstreamSubscription | null = null;

  function close(): void {
    if (!isSourceOpen) return;
    isSourceOpen = false;
    feed?.cancel();
    options.onEnd();
  }

  /** What waits is still delivered, and the reason after it. */
  function end(errors: readonly GraphQLError[] | null): void {
    close();
    outlets.end(outlet, errors && told(errors));
  }

  /** Nothing more is delivered but the reason. */
  function drop(errors: readonly GraphQLError[] | null): void {
    close();
    outlets.drop(outlet, errors && told(errors));
  }

  const told = (errors: readonly GraphQLError[]) =>
    errors.map((error) => clientError(error, options.traceId).toJSON());

  const receipts = options.wantsReceipts ? listener.acknowledgements : undefined;
  const sent = () => {
    if (!feed) return;
    feed.consumed();
    receipts?.sent(feed);
  };

  const callOff = options.whenOver((reason) => drop([reason]));
  feed = options.subscribe({
    event(event) {
      if (!hasBegun && isRefusal(event)) return drop(fromFormatted(event.errors));
      hasBegun = true;
      const make = () => options.complete(event).then(encoded);
      if (!outlets.push(outlet, make, false, sent)) end([tooSlow()]);
    },
    end: (errors) => end(errors && fromFormatted(errors)),
  });
  return () => drop(null);
}

/** Some servers refuse a subscription by a first event that is nothing but errors. */
function isRefusal(
  event: FormattedExecutionResult,
): event is FormattedExecutionResult & { readonly errors: readonly GraphQLFormattedError[] } {
  return (event.data === undefined || event.data === null) && (event.errors?.length ?? 0) > 0;
}
