// Compares the coverage of a run with what gates.json has: no room falls, and of no file is nothing
// run. It runs no tests.
import type { Coverage } from "./coverage-lines.ts";
import { percentOf, rowsOf } from "./coverage-lines.ts";

export interface CoverageGates {
  /** Per cent of lines that tests run, by room. */
  readonly coverage: Readonly<Record<string, number>>;
  /** Files of which nothing is run, each with the reason. */
  readonly uncovered: Readonly<Record<string, string>>;
}

/** Two runs of one tree differ by so much: retries and timers run in some of them only. */
const NOISE_PERCENT = 0.3;

/** What fell, in words; empty when all is as good as before. */
export function fallenIn(found: Coverage, { coverage, uncovered }: CoverageGates): string[] {
  const percents = percentsOf(found);
  const rooms = Object.entries(coverage).flatMap(([room, before]) => {
    const now = percents[room];
    if (now === undefined || now >= before - NOISE_PERCENT) return [];
    return [`${room}: ${now} % of the lines are run, ${before} % were`];
  });
  const files = [...found].flatMap(([path, lines]) => {
    const isRun = lines.size === 0 || [...lines.values()].includes(true);
    return isRun || path in uncovered ? [] : [`${path}: no line of it is run`];
  });
  return [...rooms, ...files];
}

/** The figures of a run, by room, as gates.json has them. */
export function percentsOf(found: Coverage): Record<string, number> {
  return Object.fromEntries(rowsOf(found).map((row) => [row.room, Number(percentOf(row))]));
}
