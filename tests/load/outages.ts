// Takes a service or server of the stack away under load, and waits until everything works again.
import { setTimeout as delay } from "node:timers/promises";
import type { Stack } from "../../local/stack.ts";
import { type Answer, codesOf, WHOLE } from "./answers.ts";
import type { Traffic } from "./traffic.ts";

/** Everything must work again this long after a victim is back. */
const RECOVERY_MS_MAX = 30_000;
const LOOK_EVERY_MS = 100;
/** This many answers in a row without an error are a recovery. */
const ANSWERS_IN_A_ROW = 50;

export interface Outage {
  readonly victim: string;
  /** From the kill until it ran again. */
  readonly downMs: number;
  /** From then until the first of many answers without an error. */
  readonly recoveryMs: number;
}

/** Kills a victim (-9) for `downMs`. Resolves when all answers are whole again. */
export async function takeAway(
  stack: Stack,
  traffic: Traffic,
  victim: string,
  downMs: number,
): Promise<Outage> {
  const killedAt = performance.now();
  traffic.enter({ kind: "down", victim });
  await stack.kill(victim, downMs);
  await stack.running(victim);
  const backAt = performance.now();
  traffic.enter({ kind: "recovering", victim });
  const since = traffic.answers.length;
  for (;;) {
    const recent = traffic.answers.slice(since);
    const whole = recent.slice(-ANSWERS_IN_A_ROW).filter(isWhole).length;
    if (whole === ANSWERS_IN_A_ROW) break;
    const spent = performance.now() - backAt;
    if (spent > RECOVERY_MS_MAX) throw new Error(`no recovery ${spent} ms after ${victim} is back`);
    await delay(LOOK_EVERY_MS);
  }
  traffic.enter(WHOLE);
  return { victim, downMs: backAt - killedAt, recoveryMs: performance.now() - backAt };
}

const isWhole = (answer: Answer) => codesOf(answer).length === 0;
