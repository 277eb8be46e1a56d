// Sends the operations of a journey as one person's app does, and keeps every answer. What must
// happen is sent again, unchanged and through the other router, until there is a verdict.
import { setTimeout as delay } from "node:timers/promises";
import { pauseMs } from "../../clients/sdk/closings.ts";
import { ERROR_CODES, isErrorCode } from "../../kit/errors.ts";
import { manifestOf } from "../../schema/manifest.ts";
import { operation } from "../../schema/operations.ts";
import { ask, type GraphQLAnswer } from "../kit/client.ts";
import { type Answer, codesOf, type JourneyOperation, type Phase, WHOLE } from "./answers.ts";

/** Without a verdict for this long, an operation has failed. */
const PATIENCE_MS = 90_000;

/** How one person reaches the graph. */
export interface Line {
  readonly token?: string;
  readonly router: number;
  /** The person's own address, as from a proxy that the routers trust. */
  readonly headers: Readonly<Record<string, string>>;
}

const documents = new Map<string, string>();

/** An operation in the form that the manifest has, so that routers count it by its name. */
export function documentOf(name: string): string {
  const known = documents.get(name) ?? manifestOf([operation(name)]).operations[0]?.body;
  if (!known) throw new Error(`there is no operation ${name}`);
  documents.set(name, known);
  return known;
}

export interface Traffic {
  readonly answers: readonly Answer[];
  /** True until `end` is called. */
  isOn(): boolean;
  end(): void;
  phase(): Phase;
  enter(phase: Phase): void;
  /** Reads once, as a page does. Returns what data came, and null if none came. */
  see<Data>(line: Line, name: JourneyOperation, variables?: object): Promise<Data | null>;
  /** The data of a mutation, after retries. Throws on an error that no outage explains. */
  insist<Data>(line: Line, name: JourneyOperation, input: object): Promise<Data>;
}

export function startTraffic(): Traffic {
  const answers: Answer[] = [];
  let isOn = true;
  let phase: Phase = WHOLE;

  async function send<Data>(line: Line, name: JourneyOperation, variables: object) {
    const { token: as, router, headers } = line;
    const [before, startedAt] = [phase, performance.now()];
    const asked = ask<Data>(documentOf(name), { ...variables }, { as, router, headers });
    const answer: GraphQLAnswer<Data> | null = await asked.catch(() => null);
    const ms = performance.now() - startedAt;
    const worst = phase.kind === "whole" ? before : phase;
    answers.push({ name, phase: worst, ms, answer });
    return answer;
  }

  return {
    answers,
    isOn: () => isOn,
    end() {
      isOn = false;
    },
    phase: () => phase,
    enter(next) {
      phase = next;
    },
    see: async <Data>(line: Line, name: JourneyOperation, variables: object = {}) =>
      (await send<Data>(line, name, variables))?.data ?? null,
    async insist<Data>(line: Line, name: JourneyOperation, input: object) {
      const giveUpAt = Date.now() + PATIENCE_MS;
      for (let tries = 0; Date.now() < giveUpAt; tries += 1) {
        const router = (line.router + tries) % 2;
        const answer = await send<Data>({ ...line, router }, name, { input });
        const codes = codesOf({ answer });
        if (codes.length === 0 && answer?.data) return answer.data;
        const isFinal = codes.some((code) => isErrorCode(code) && !ERROR_CODES[code].isRetryable);
        if (isFinal) throw new Error(`${name} ended with ${JSON.stringify(answer?.errors)}`);
        await delay(pauseMs(tries));
      }
      throw new Error(`${name} got no verdict within ${PATIENCE_MS} ms`);
    },
  };
}
