// A steady load of clients who insist: each operation is sent again, as it was, until there is a
// verdict, and again through the other router. What went wrong on the way is counted by its code.
import { EventEmitter, once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { ERROR_CODES, isErrorCode } from "../../kit/errors.ts";
import { operation } from "../../schema/operations.ts";
import { ask, type GraphQLAnswer } from "../kit/client.ts";

const RETRY_MS = 200;
/** Whoever gets no verdict for so long never will. */
const PATIENCE_MS = 60_000;

export interface Load {
  /** True until `end` is called: clients that repeat something go on. */
  isOn(): boolean;
  end(): void;
  /** Resolves after so many verdicts more, by all clients together. Rejects when they stay away. */
  verdicts(count: number): Promise<void>;
  /** The verdict on an operation: its data. Throws on an error that a kill must not cause. */
  insist<Data>(name: string, input: object, token: string, router: number): Promise<Data>;
  /** Remembers something for `story`. */
  note(what: string): void;
  /** What happened, and how often. */
  story(): Record<string, number>;
}

export function startLoad(): Load {
  const notes = new Map<string, number>();
  const events = new EventEmitter().setMaxListeners(0);
  let isOn = true;
  let count = 0;
  const note = (what: string) => {
    notes.set(what, (notes.get(what) ?? 0) + 1);
  };
  return {
    isOn: () => isOn,
    end: () => {
      isOn = false;
    },
    note,
    story: () => Object.fromEntries([...notes].sort()),
    async verdicts(wanted) {
      const goal = count + wanted;
      const signal = AbortSignal.timeout(PATIENCE_MS);
      while (count < goal) await once(events, "verdict", { signal });
    },
    async insist<Data>(name: string, input: object, token: string, router: number) {
      const giveUpAt = Date.now() + PATIENCE_MS;
      for (let tries = 0; Date.now() < giveUpAt; tries += 1) {
        const answer = await attempt<Data>(name, input, token, (router + tries) % 2);
        const codes = codesOf(answer);
        if (codes.length === 0 && answer?.data) {
          count += 1;
          events.emit("verdict");
          return answer.data;
        }
        for (const code of codes) note(`${name}: ${code}`);
        const isFinal = codes.some((code) => isErrorCode(code) && !ERROR_CODES[code].isRetryable);
        if (isFinal) throw new Error(`${name} ended with ${JSON.stringify(answer?.errors)}`);
        await delay(RETRY_MS);
      }
      throw new Error(`${name} got no verdict within ${PATIENCE_MS} ms`);
    },
  };
}

/** One try; null when the connection broke. */
async function attempt<Data>(
  name: string,
  input: object,
  as: string,
  router: number,
): Promise<GraphQLAnswer<Data> | null> {
  try {
    return await ask<Data>(operation(name), { input }, { as, router });
  } catch {
    return null;
  }
}

function codesOf(answer: GraphQLAnswer | null): string[] {
  if (!answer) return ["no answer"];
  return answer.errors?.map(({ extensions }) => extensions.code) ?? [];
}

const PAUSE_MS = 100;

/** Does something again and again, at a person's pace, while the load is on. */
export async function repeat(load: Load, act: (at: number) => Promise<unknown>): Promise<void> {
  for (let at = 0; load.isOn(); at += 1) {
    await act(at);
    await delay(PAUSE_MS);
  }
}
