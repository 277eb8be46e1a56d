// One client's subscription that is not shared: each event of the subgraph is completed with the
// rest of the selection and sent, in order. It ends at once when the client leaves or its session
// ends.
import type { FormattedExecutionResult, GraphQLFormattedError } from "graphql";
import type { Span } from "#kit/telemetry/spans";
import { fromFormatted } from "../errors/errors.ts";
import { beginFrame, endFrame } from "../telemetry/frame-traces.ts";
import type { UpstreamSink, UpstreamSubscription } from "../upstream/subscriptions.ts";
import type { Acknowledgements } from "./acknowledgements.ts";
import { encoded } from "./messages.ts";
import {
  type ClientSink,
  createSendQueue,
  drop,
  end,
  push,
  type QueueOwner,
  type SendQueue,
  type StreamOptions,
  tooSlow,
} from "./send-queue.ts";

export interface OrdinaryOptions extends StreamOptions {
  /** Opens the upstream subscription. */
  subscribe(sink: UpstreamSink): UpstreamSubscription;
  /** True where the subgraph wants to know what the client has received. */
  readonly wantsAcknowledgements: boolean;
}

/** Opens the stream for `sink`; returns how to cancel it. */
export function openOrdinaryStream(options: OrdinaryOptions, sink: ClientSink): () => void {
  const stream = new OrdinaryStream(options, sink);
  return () => drop(stream.queue, null);
}

// A class for the reason that `SocketWriter` is one.
class OrdinaryStream implements QueueOwner, UpstreamSink {
  readonly queue: SendQueue;
  readonly options: OrdinaryOptions;
  private readonly acknowledgements: Acknowledgements | undefined;
  readonly cancelWhenOver: () => void;
  private readonly source: UpstreamSubscription;
  private hasBegun = false;

  constructor(options: OrdinaryOptions, sink: ClientSink) {
    this.options = options;
    this.queue = createSendQueue(sink, this);
    this.acknowledgements = options.wantsAcknowledgements ? sink.acknowledgements : undefined;
    this.cancelWhenOver = options.whenOver((reason) => drop(this.queue, [reason]));
    this.source = options.subscribe(this);
  }

  event(event: FormattedExecutionResult): void {
    if (!this.hasBegun && isRefusal(event)) drop(this.queue, fromFormatted(event.errors));
    this.hasBegun = true;
    const span = beginFrame(event);
    const make = () => this.options.complete(event, span).then(encoded);
    const onSent = span ? () => this.onTracedSent(span) : this.onSent;
    if (!push(this.queue, make, false, onSent)) end(this.queue, [tooSlow()]);
  }

  end(errors: readonly GraphQLFormattedError[] | null): void {
    end(this.queue, errors && fromFormatted(errors));
  }

  close(): void {
    this.source.cancel();
    this.options.onEnd();
  }

  private readonly onSent = (): void => {
    this.source.consumed();
    this.acknowledgements?.sent(this.source);
  };

  private onTracedSent(span: Span): void {
    this.onSent();
    endFrame(span, 1);
  }
}

/** Some servers refuse a subscription by a first event that has nothing but errors. */
function isRefusal(
  event: FormattedExecutionResult,
): event is FormattedExecutionResult & { readonly errors: readonly GraphQLFormattedError[] } {
  return (event.data === undefined || event.data === null) && (event.errors?.length ?? 0) > 0;
}
