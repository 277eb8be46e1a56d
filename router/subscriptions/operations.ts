// The operations of one client by their ids, each from its `subscribe` to its last frame. An id is
// an operation only as long as the client wants it: what is cancelled says nothing more, and its id
// is free at once.
import type { ExecutionResult, GraphQLFormattedError } from "graphql";
import type { SubscribeMessage, SubscribePayload } from "graphql-ws";
import { completed, failed, next, nextAround } from "./messages.ts";
import type { Listener } from "./outlet.ts";

export type Streamed = AsyncIterableIterator<ExecutionResult>;

/** A stream that says by itself when there is something to tell. */
export interface Told {
  /** Begins, and goes on until it ends or the returned function cancels it. */
  tell(listener: Listener): () => void;
}

export type Outcome = ExecutionResult | Streamed | Told;

export interface Runner {
  /** Runs an operation; it is one of `count` that are open. */
  run(payload: SubscribePayload, count: number): Promise<Outcome>;
  /** What the client is told when `run`, or a stream of it, rejects. */
  errorsOf(error: unknown): readonly GraphQLFormattedError[];
}

export interface Operations {
  has(id: string): boolean;
  /** Resolves when the operation is over, long after it was cancelled perhaps. */
  start(message: SubscribeMessage): Promise<void>;
  cancel(id: string): Promise<void>;
  cancelAll(): void;
}

export interface Sender {
  /** Resolves when the network took the frame, or nobody is there any more to read it. */
  send(frame: string): Promise<void>;
  /** Sends a frame in parts; `onTaken` runs later, when `send` would resolve. */
  write(parts: readonly Buffer[], onTaken: () => void): void;
}

interface Operation {
  /** Ends its stream, where it has one. */
  cancel(): unknown;
}

/** None yet. What they say is sent to `peer`. */
export function openOperations(runner: Runner, peer: Sender): Operations {
  const open = new Map<string, Operation>();

  async function cancel(id: string): Promise<void> {
    const operation = open.get(id);
    open.delete(id);
    await operation?.cancel();
  }

  async function start({ id, payload }: SubscribeMessage): Promise<void> {
    const operation: Operation = { cancel: () => {} };
    open.set(id, operation);
    // Another operation may have the id by now: clients take it again as soon as they cancelled.
    const isWanted = () => open.get(id) === operation;
    const say = async (frame: string) => {
      if (isWanted()) await peer.send(frame);
    };
    // Free before the client hears so: the next it says may be a `subscribe` of the same id.
    const end = async (frame: string) => {
      if (isWanted() && open.delete(id)) await peer.send(frame);
    };
    try {
      const outcome = await runner.run(payload, open.size);
      if (isTold(outcome)) {
        const write: Sender["write"] = (parts, onTaken) => {
          if (isWanted()) peer.write(parts, onTaken);
        };
        if (isWanted()) await tell(outcome, operation, { id, write, end });
        return;
      }
      if (!isStream(outcome)) await say(next(id, outcome));
      else if (isWanted()) {
        operation.cancel = () => outcome.return?.();
        for await (const event of outcome) await say(next(id, event));
      } else await outcome.return?.();
      await end(completed(id));
    } catch (error) {
      await end(failed(id, runner.errorsOf(error)));
    }
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

interface Saying extends Pick<Sender, "write"> {
  readonly id: string;
  end(frame: string): Promise<void>;
}

/** Resolves when the stream has ended, or was cancelled. */
function tell(stream: Told, operation: Operation, { id, write, end }: Saying): Promise<void> {
  const frameOf = nextAround(id);
  return new Promise((resolve) => {
    const cancel = stream.tell({
      next: (payload, onTaken) => write(frameOf(payload), onTaken),
      end(errors) {
        end(errors ? failed(id, errors) : completed(id)).then(resolve);
      },
    });
    operation.cancel = () => {
      cancel();
      resolve();
    };
  });
}

function isTold(outcome: Outcome): outcome is Told {
  return "tell" in outcome;
}

function isStream(outcome: ExecutionResult | Streamed): outcome is Streamed {
  return Symbol.asyncIterator in outcome;
}
