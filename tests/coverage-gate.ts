// Compares the coverage of a run with gates.json: no room may fall, and every file must be run. It
// runs no tests.
import type { Coverage } from "./coverage-lines.ts";
import { percentOf, rowsOf } from "./coverage-lines.ts";

export interface CoverageGates {
  /** Per cent of lines that tests run, by room. */
  readonly coverage: Readonly<Record<string, number>>;
  /** Files without a line that is run, each with the reason. */
  readonly uncovered: Readonly<Record<string, string>>;
}

/** The difference between two runs of the same code: some run a retry or a timer, some do not. */
const NOISE_PERCENT = 0.3;

/** A message for each room that fell and each file that is not run. */
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

/** Per cent of lines that were run, by room, in the form of gates.json. */
export function percentsOf(found: Coverage): Record<string, number> {
  return Object.fromEntries(rowsOf(found).map((row) => [row.room, Number(percentOf(row))]));
}
