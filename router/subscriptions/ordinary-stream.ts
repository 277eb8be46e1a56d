// One client's subscription that is not shared: each event of the subgraph is completed with the
// rest of the selection and sent, in order. It ends at once when the client leaves or its session
// ends.
import type { FormattedExecutionResult, GraphQLFormattedError } from "graphql";
import { z } from "zod";
import type { Span } from "#kit/telemetry/spans";
import { fromFormatted } from "../errors/errors.ts";
import { beginFrame, endFrame } from "../telemetry/frame-traces.ts";
import { type ObservedStream, observeDelivery } from "../telemetry/stream-metrics.ts";
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

export interface OrdinaryOptions extends StreamOptions, Pick<ObservedStream, "subscription"> {
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
class OrdinaryStream implements QueueOwner, UpstreamSink, ObservedStream {
  readonly queue: SendQueue;
  readonly options: OrdinaryOptions;
  private readonly acknowledgements: Acknowledgements | undefined;
  readonly cancelWhenOver: () => void;
  private readonly source: UpstreamSubscription;
  private hasBegun = false;
  readonly subscription: string;
  readonly openedAt = Date.now();

  constructor(options: OrdinaryOptions, sink: ClientSink) {
    this.options = options;
    this.subscription = options.subscription;
    this.queue = createSendQueue(sink, this);
    this.acknowledgements = options.wantsAcknowledgements ? sink.acknowledgements : undefined;
    this.cancelWhenOver = options.whenOver((reason) => drop(this.queue, [reason]));
    this.source = options.subscribe(this);
  }

  event(event: FormattedExecutionResult): void {
    if (!this.hasBegun && isRefusal(event)) drop(this.queue, fromFormatted(event.errors));
    this.hasBegun = true;
    const span = beginFrame(event);
    const make = () => this.make(event, span);
    const onSent = span ? () => this.onTracedSent(span) : this.onSent;
    if (!push(this.queue, make, false, onSent)) end(this.queue, [tooSlow()]);
  }

  /** The pace of a client that reads slowly is no delay of ours. */
  private async make(event: FormattedExecutionResult, span: Span | null): Promise<Buffer> {
    const storedAt = storedAtOf(event);
    const payload = encoded(await this.options.complete(event, span));
    if (!this.queue.isWaitingForDrain) observeDelivery(this, storedAt);
    return payload;
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

const liveShape = z.object({ live: z.object({ storedAt: z.number() }) });

function storedAtOf({ extensions }: FormattedExecutionResult): number | undefined {
  return extensions && liveShape.safeParse(extensions).data?.live.storedAt;
}

/** Some servers refuse a subscription by a first event that has nothing but errors. */
function isRefusal(
  event: FormattedExecutionResult,
): event is FormattedExecutionResult & { readonly errors: readonly GraphQLFormattedError[] } {
  return (event.data === undefined || event.data === null) && (event.errors?.length ?? 0) > 0;
}
