// One run: generates probes from the seed, sends several at a time, checks every answer, and counts
// the answers.
import { randomInt } from "node:crypto";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { buildSchema } from "graphql";
import type { Cast } from "./cast.ts";
import type { Senders } from "./senders.ts";
import { type Probe, probesOf } from "./traffic.ts";
import { SECRET_MARK } from "./values.ts";
import { type Arrived, faultsOf } from "./verdict.ts";

/** `FUZZ_SEED` repeats the probes of a run, though not their timing. */
export const SEED = Number(process.env.FUZZ_SEED || randomInt(2 ** 31));
export const AT_ONCE = 8;

/** A number of documents. Each makes one or a few probes. */
const DRAWN_AT_ONCE = 50;
const FAULTS_TOLD = 20;

export interface Tally {
  sent: number;
  slowestMs: number;
  /** The number of answers by transport and first error code. */
  readonly answers: Map<string, number>;
  /** The first faults, each with its probe. */
  readonly faults: string[];
}

export function emptyTally(): Tally {
  return { sent: 0, slowestMs: 0, answers: new Map(), faults: [] };
}

const schema = buildSchema(
  readFileSync(new URL("../../../schema/api.graphql", import.meta.url), "utf8"),
);

/** Generates `count` probes, the same for one seed and cast. */
export function* draw(cast: Cast, count: number): Generator<Probe> {
  const arbitrary = probesOf(schema, Object.keys(cast.tokens), cast.ids);
  let left = count;
  for (let seed = SEED; left > 0; seed += 1) {
    const drawn = fc.sample(arbitrary, { seed, numRuns: DRAWN_AT_ONCE }).flat().slice(0, left);
    left -= drawn.length;
    yield* drawn;
  }
}

/** Sends probes up to a total count. Does not stop at a fault, which may hide others. */
export async function fire(
  probes: Iterator<Probe>,
  until: number,
  senders: Senders,
  tally: Tally,
  secrets: readonly string[],
): Promise<void> {
  const work = async () => {
    while (tally.sent < until) {
      tally.sent += 1;
      const { value, done } = probes.next();
      if (done) return;
      judge(value, await senders.send(value), tally, secrets);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

function judge(probe: Probe, answer: Arrived, tally: Tally, secrets: readonly string[]): void {
  const { transport, as, body, trace } = probe;
  const code = /"code":"([A-Z_]+)"/.exec(answer.text)?.[1] ?? "none";
  const kind = `${transport} ${code}`;
  tally.slowestMs = Math.max(tally.slowestMs, answer.ms);
  tally.answers.set(kind, (tally.answers.get(kind) ?? 0) + 1);
  // An error about a document may repeat its literals, but not the variables.
  const isInDocument = documentOf(body).includes(SECRET_MARK);
  const faults = faultsOf(answer, isInDocument ? secrets : [...secrets, SECRET_MARK]);
  if (faults.length === 0 || tally.faults.length >= FAULTS_TOLD) return;
  const answerText = `${answer.status} ${answer.text.slice(0, 1_000)}`;
  tally.faults.push(
    `${faults.join(", ")}: ${as} over ${transport}, trace ${trace}: ${body} -> ${answerText}`,
  );
}

function documentOf(body: string): string {
  try {
    return String((JSON.parse(body) as { readonly query?: unknown } | null)?.query);
  } catch {
    return "";
  }
}
