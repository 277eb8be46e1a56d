// A steady load of clients with retries: each operation is sent again, unchanged and through the
// other router, until there is a verdict. Errors on the way are counted by code.
import { EventEmitter, once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { ERROR_CODES, isErrorCode } from "../../kit/errors.ts";
import { operation } from "../../schema/operations.ts";
import { ask, type GraphQLAnswer } from "../kit/client.ts";

const RETRY_MS = 200;
/** Without a verdict for this long, an operation has failed. */
const PATIENCE_MS = 60_000;

export interface Load {
  /** True until `end` is called. */
  isOn(): boolean;
  end(): void;
  /** Resolves after this many more verdicts of all clients. Rejects if they do not come. */
  verdicts(count: number): Promise<void>;
  /** The data of an operation, after retries. Throws on an error that no kill explains. */
  insist<Data>(name: string, input: object, token: string, router: number): Promise<Data>;
  /** Counts something for `story`. */
  note(what: string): void;
  /** How often each thing happened. */
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

/** One attempt. Null if the connection broke. */
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

/** Repeats something at a person's pace while the load is on. */
export async function repeat(load: Load, act: (at: number) => Promise<unknown>): Promise<void> {
  for (let at = 0; load.isOn(); at += 1) {
    await act(at);
    await delay(PAUSE_MS);
  }
}
