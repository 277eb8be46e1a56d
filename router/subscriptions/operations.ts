// The operations of one client by their ids, each from its `subscribe` to its last frame. An id is
// an operation only as long as the client wants it: what is cancelled says nothing more, and its id
// is free at once.
import type { ExecutionResult, GraphQLFormattedError } from "graphql";
import type { SubscribeMessage, SubscribePayload } from "graphql-ws";
import { completed, failed, next } from "./messages.ts";

export type Streamed = AsyncIterableIterator<ExecutionResult>;

export interface Runner {
  /** Runs an operation; it is one of `count` that are open. */
  run(payload: SubscribePayload, count: number): Promise<ExecutionResult | Streamed>;
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

interface Operation {
  stream: Streamed | null;
}

/** None yet. `send` resolves when the network took the frame. */
export function openOperations(runner: Runner, send: (frame: string) => Promise<void>): Operations {
  const open = new Map<string, Operation>();

  async function cancel(id: string): Promise<void> {
    const stream = open.get(id)?.stream;
    open.delete(id);
    await stream?.return?.();
  }

  async function start({ id, payload }: SubscribeMessage): Promise<void> {
    const operation: Operation = { stream: null };
    open.set(id, operation);
    // Another operation may have the id by now: clients take it again as soon as they cancelled.
    const isWanted = () => open.get(id) === operation;
    const say = async (frame: string) => {
      if (isWanted()) await send(frame);
    };
    // Free before the client hears so: the next it says may be a `subscribe` of the same id.
    const end = async (frame: string) => {
      if (isWanted() && open.delete(id)) await send(frame);
    };
    try {
      const outcome = await runner.run(payload, open.size);
      if (!isStream(outcome)) await say(next(id, outcome));
      else if (isWanted()) {
        operation.stream = outcome;
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

function isStream(outcome: ExecutionResult | Streamed): outcome is Streamed {
  return Symbol.asyncIterator in outcome;
}
