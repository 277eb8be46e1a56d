// Prints what a load was like: answers by phase, the time of each outage, and the CPU of each kind
// of process.
import { quantile } from "../../bench/measured.ts";
import { type Answer, codesOf, isPartial, type Phase } from "./answers.ts";
import type { Outage } from "./outages.ts";
import type { Scraped } from "./scrapes.ts";

const nameOf = (phase: Phase) =>
  phase.kind === "whole" ? "nothing down" : `${phase.victim} ${phase.kind}`;

/** One line for each phase: answers, partial ones, empty ones, codes, and how long they took. */
export function answersByPhase(answers: readonly Answer[]): string[] {
  const phases = [...new Set(answers.map(({ phase }) => nameOf(phase)))];
  return phases.map((phase) => {
    const own = answers.filter((answer) => nameOf(answer.phase) === phase);
    const failed = own.filter((answer) => codesOf(answer).length > 0);
    const partial = failed.filter(isPartial).length;
    const codes = [...new Set(failed.flatMap(codesOf))].sort().join(", ");
    return (
      `${phase}: ${own.length} answers, ${partial} partial, ${failed.length - partial} empty` +
      `${codes && ` (${codes})`}; ${times(own)}`
    );
  });
}

/** How long each operation took while nothing was down. */
export function timesByOperation(answers: readonly Answer[]): string[] {
  const calm = answers.filter(({ phase }) => phase.kind === "whole");
  const names = [...new Set(calm.map(({ name }) => name))].sort();
  return names.map((name) => `${name}: ${times(calm.filter((answer) => answer.name === name))}`);
}

function times(answers: readonly Answer[]): string {
  const all = answers.map(({ ms }) => ms);
  const [p50, p95] = [0.5, 0.95].map((part) => quantile(all, part).toFixed(0));
  return `p50 ${p50} ms, p95 ${p95} ms`;
}

export function outageLine({ victim, downMs, recoveryMs }: Outage): string {
  return `${victim} was down for ${seconds(downMs)}, all answers were whole ${seconds(recoveryMs)} later`;
}

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;

/** The CPU of each kind of process, as part of one core and for each answered operation. */
export function cpuByKind({ cpu }: Scraped, answers: number, loadMs: number): string[] {
  const byKind = new Map<string, number>();
  for (const [service, seconds] of cpu) {
    const kind = service.replace(/-\d+$/, "");
    byKind.set(kind, (byKind.get(kind) ?? 0) + 1_000 * seconds);
  }
  return [...byKind].sort().map(([kind, ms]) => {
    const share = ((100 * ms) / loadMs).toFixed(0);
    return `${kind}: ${share} % of a core, ${(ms / answers).toFixed(2)} ms of CPU an answer`;
  });
}
