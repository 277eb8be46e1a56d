// The operations of one client by their ids, each from its `subscribe` to its last frame. A
// cancelled operation sends nothing more, and its id is free at once.
import type { ExecutionResult, GraphQLFormattedError } from "graphql";
import type { SubscribeMessage, SubscribePayload } from "graphql-ws";
import type { Acknowledgements } from "./acknowledgements.ts";
import { BEHIND_PAYLOAD, beforePayload, completed, failed, next } from "./messages.ts";
import type { ClientSink, Network } from "./send-queue.ts";
import type { Writer } from "./writer.ts";

/** A subscription that was accepted, and is not open yet. */
export interface ClientStream {
  /** Opens it until it ends, or the returned function cancels it. */
  open(sink: ClientSink): () => void;
}

export type Outcome = ExecutionResult | ClientStream;

export interface Runner {
  /** Runs an operation; it is one of `count` that are open. */
  run(payload: SubscribePayload, count: number): Promise<Outcome>;
  /** Of a client with a `subscriberId`. */
  acknowledgements(): Acknowledgements | undefined;
  /** The errors for the client when `run`, or the opening of a stream, fails. */
  errorsOf(error: unknown): readonly GraphQLFormattedError[];
}

export interface Operations {
  has(id: string): boolean;
  /** Resolves when the operation is over, which may be long after it was cancelled. */
  start(message: SubscribeMessage): Promise<void>;
  cancel(id: string): void;
  cancelAll(): void;
}

export interface Sender {
  readonly writer: Pick<Writer, "write" | keyof Network>;
  /** Sends frames that belong together, behind all before them. */
  send(...frames: readonly string[]): void;
}

interface Operation {
  /** Ends its stream, if it has one. */
  cancel(): void;
}

/** The operations of a client that has none yet. Frames for it go to `peer`. */
export function openOperations(runner: Runner, peer: Sender): Operations {
  const open = new Map<string, Operation>();

  function cancel(id: string): void {
    const operation = open.get(id);
    open.delete(id);
    operation?.cancel();
  }

  // Not async: a stream may be open for days, and an async function would keep the payload.
  function start({ id, payload }: SubscribeMessage): Promise<void> {
    const operation: Operation = { cancel() {} };
    open.set(id, operation);
    // Clients reuse an id as soon as they cancelled: another operation may have it by now.
    const isWanted = () => open.get(id) === operation;
    // The id is free before the client gets the end: its next message may use it again.
    const end = (...frames: readonly string[]) => {
      if (isWanted() && open.delete(id)) peer.send(...frames);
    };
    const answer = async (outcome: Outcome) => {
      if (!("open" in outcome)) end(next(id, outcome), completed(id));
      else if (isWanted()) {
        const { writer } = peer;
        const acknowledgements = runner.acknowledgements();
        await openStream(outcome, operation, { id, writer, end, acknowledgements });
      }
    };
    return runner
      .run(payload, open.size)
      .then(answer)
      .catch((error: unknown) => end(failed(id, runner.errorsOf(error))));
  }

  return {
    has: (id) => open.has(id),
    start,
    cancel,
    cancelAll() {
      for (const id of [...open.keys()]) cancel(id);
    },
  };
}

interface SinkOptions extends Pick<Sender, "writer"> {
  readonly id: string;
  readonly acknowledgements: Acknowledgements | undefined;
  end(frame: string): void;
}

/** Resolves when the stream has ended, or was cancelled. */
function openStream(
  stream: ClientStream,
  operation: Operation,
  options: SinkOptions,
): Promise<void> {
  return new Promise((resolve) => {
    const cancel = stream.open(new OperationSink(options, resolve));
    operation.cancel = () => {
      cancel();
      resolve();
    };
  });
}

// A class for the reason that `SocketWriter` is one.
class OperationSink implements ClientSink {
  private readonly writer: SinkOptions["writer"];
  private readonly before: string;
  private readonly options: SinkOptions;
  private readonly onEnd: () => void;

  constructor(options: SinkOptions, onEnd: () => void) {
    this.writer = options.writer;
    this.before = beforePayload(options.id);
    this.options = options;
    this.onEnd = onEnd;
  }

  get acknowledgements(): Acknowledgements | undefined {
    return this.options.acknowledgements;
  }

  isDrained(): boolean {
    return this.writer.isDrained();
  }

  whenDrained(then: () => void): void {
    this.writer.whenDrained(then);
  }

  next(payload: Buffer, isNow: boolean): void {
    this.writer.write([this.before, payload, BEHIND_PAYLOAD], isNow);
  }

  end(errors: readonly GraphQLFormattedError[] | null): void {
    const { id, end } = this.options;
    end(errors ? failed(id, errors) : completed(id));
    this.onEnd();
  }
}
