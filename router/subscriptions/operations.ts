// The operations of one client by their ids, each from its `subscribe` to its last frame. An id is
// an operation only as long as the client wants it: what is cancelled says nothing more, and its id
// is free at once.
import type { ExecutionResult, GraphQLFormattedError } from "graphql";
import type { SubscribeMessage, SubscribePayload } from "graphql-ws";
import type { Acknowledgements } from "./acknowledgements.ts";
import { BEHIND_PAYLOAD, beforePayload, completed, failed, next } from "./messages.ts";
import type { ClientSink, Network } from "./send-queue.ts";
import type { Writer } from "./writer.ts";

/** A stream, which says by itself when there is something to tell. */
export interface ClientStream {
  /**
   * Begins, and goes on until it ends or the returned function cancels it; from then on it tells
   * nothing.
   */
  open(listener: ClientSink): () => void;
}

export type Outcome = ExecutionResult | ClientStream;

export interface Runner {
  /** Runs an operation; it is one of `count` that are open. */
  run(payload: SubscribePayload, count: number): Promise<Outcome>;
  /** What the client has received, where it is a subscriber. */
  acknowledgements(): Acknowledgements | undefined;
  /** What the client is told when `run`, or the beginning of a stream, fails. */
  errorsOf(error: unknown): readonly GraphQLFormattedError[];
}

export interface Operations {
  has(id: string): boolean;
  /** Resolves when the operation is over, long after it was cancelled perhaps. */
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
  /** Ends its stream, where it has one. */
  cancel(): void;
}

/** None yet. What they say is sent to `peer`. */
export function openOperations(runner: Runner, peer: Sender): Operations {
  const open = new Map<string, Operation>();

  function cancel(id: string): void {
    const operation = open.get(id);
    open.delete(id);
    operation?.cancel();
  }

  // A stream may be held for days, and keeps nothing of the payload that asked for it: an async
  // function would.
  function start({ id, payload }: SubscribeMessage): Promise<void> {
    const operation: Operation = { cancel() {} };
    open.set(id, operation);
    // Another operation may have the id by now: clients take it again as soon as they cancelled.
    const isWanted = () => open.get(id) === operation;
    // Free before the client hears so: the next it says may be a `subscribe` of the same id.
    const end = (...frames: readonly string[]) => {
      if (isWanted() && open.delete(id)) peer.send(...frames);
    };
    const answer = async (outcome: Outcome) => {
      if (!("open" in outcome)) end(next(id, outcome), completed(id));
      else if (isWanted()) {
        const { writer } = peer;
        await tell(outcome, operation, { id, writer, end, receipts: runner.acknowledgements() });
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

interface Saying extends Pick<Sender, "writer"> {
  readonly id: string;
  readonly receipts: Acknowledgements | undefined;
  end(frame: string): void;
}

/** Resolves when the stream has ended, or was cancelled. */
function tell(stream: ClientStream, operation: Operation, saying: Saying): Promise<void> {
  return new Promise((resolve) => {
    const cancel = stream.open(new OperationListener(saying, resolve));
    operation.cancel = () => {
      cancel();
      resolve();
    };
  });
}

// A class for the reason that a writer is one.
class OperationListener implements ClientSink {
  private readonly writer: Saying["writer"];
  private readonly before: string;
  private readonly saying: Saying;
  private readonly onEnd: () => void;

  constructor(saying: Saying, onEnd: () => void) {
    this.writer = saying.writer;
    this.before = beforePayload(saying.id);
    this.saying = saying;
    this.onEnd = onEnd;
  }

  get acknowledgements(): Acknowledgements | undefined {
    return this.saying.receipts;
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
    const { id, end } = this.saying;
    end(errors ? failed(id, errors) : completed(id));
    this.onEnd();
  }
}
