// Runs steps at events without a guard, to show what the guard is for.
import { openEvents, type Rewrite } from "./harness.ts";
import type { Action, SeatSettings, Step } from "./seat-plans.ts";
import { run } from "./seat-steps.ts";

export const register = (who: number, partySize = 1, type?: number): Action => ({
  kind: "register",
  who,
  partySize,
  type,
});
export const oneByOne = (...actions: Action[]): Step[] =>
  actions.map((action) => ({ actions: [action] }));

/** Twelve people, of one ticket type or of none. */
export const atOnce = (type?: number): Step[] => [
  { actions: Array.from({ length: 12 }, (_, who) => register(who, 1, type)) },
];
export const AT_ONCE = atOnce();

export const EVENT_GUARD = "drop trigger event_seats_guard on event";
export const TYPE_GUARD = "drop trigger ticket_type_seats_guard on ticket_type";

/** The faults with changed statements, after some statements that take guards out. */
export async function mistakesWith(
  rewrite: Rewrite,
  chosen: SeatSettings,
  toDo: readonly Step[],
  dropping: readonly string[] = [],
): Promise<string> {
  const events = await openEvents(rewrite);
  try {
    for (const statement of dropping) await events.sql(statement);
    // A race needs luck: several events.
    for (let tries = 0; tries < 20; tries += 1) {
      const mistakes = await run(events, chosen, toDo);
      if (mistakes.length > 0) return mistakes.join("\n");
    }
    return "";
  } finally {
    await events.close();
  }
}

export const unlocked: Rewrite = (sql) =>
  sql.includes("erasures.writers.admitAndLock")
    ? sql.replace("for no key update of stream", "")
    : sql;

/** Without the conditions of the updates, of events and of types. */
export const unconditional: Rewrite = (sql) =>
  unlocked(sql)
    .replace("<= capacity)", "<= capacity + 1000)")
    .replace("<= type.quota)", "<= type.quota + 1000)");
