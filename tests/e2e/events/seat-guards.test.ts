// The guards of the seats of ticket types: each has a control without it.
import { describe, expect, test } from "vitest";
import type { Rewrite } from "./harness.ts";
import {
  atOnce,
  EVENT_GUARD,
  mistakesWith,
  oneByOne,
  register,
  TYPE_GUARD,
  unconditional,
  unlocked,
} from "./seat-controls.ts";
import type { SeatSettings } from "./seat-plans.ts";

const QUOTA = { capacity: 12, types: [{ quota: 5 }] };
const RESERVED = { capacity: 12, types: [{ quota: 7, isReserved: true }] };
const same: Rewrite = (sql) => sql;

/** A party that waits for a full type, and others that get seats behind it. */
const fullType: SeatSettings = { capacity: 9, passesMax: 1, types: [{ quota: 3 }] };
const behind = oneByOne(register(0, 2, 0), register(1, 2, 0), register(2), register(3));

/** A party that waits for shared seats, and is passed. */
const shared: SeatSettings = { capacity: 4, passesMax: 1, types: [{ quota: 4 }] };
const pass = oneByOne(register(0), register(1, 4, 0), register(2), register(3));

describe("without a guard this fails:", () => {
  test("with all of them nothing goes wrong", async () => {
    expect(await mistakesWith(same, QUOTA, atOnce(0))).toBe("");
    expect(await mistakesWith(same, RESERVED, atOnce())).toBe("");
    expect(await mistakesWith(same, fullType, behind)).toBe("");
    expect(await mistakesWith(same, shared, pass)).toBe("");
  }, 120_000);

  test.each([
    ["a quota", QUOTA, atOnce(0)],
    ["seats set aside", RESERVED, atOnce()],
  ])(
    "without lock and conditions, the triggers still keep %s",
    async (_what, chosen, toDo) => {
      for (const rewrite of [unlocked, unconditional]) {
        const wrong = await mistakesWith(rewrite, chosen, toDo);
        expect(wrong).not.toBe("");
        expect(wrong).not.toContain("oversold");
      }
    },
    120_000,
  );

  test.each([
    ["a quota is", QUOTA, atOnce(0), TYPE_GUARD],
    ["seats set aside are", RESERVED, atOnce(), EVENT_GUARD],
  ])(
    "without lock, condition and trigger, %s given away",
    async (_what, chosen, toDo, guard) => {
      expect(await mistakesWith(unconditional, chosen, toDo, [guard])).toContain("oversold");
    },
    120_000,
  );

  test("without the type in the count of passes, those are counted whom nobody passed", async () => {
    const typeless: Rewrite = (sql) =>
      sql.includes("events.seats.passes")
        ? sql.replace(/and coalesce\(ticket_type_id, event_id\) = passed."typeKey"/, "")
        : sql;
    // The second waits for its type, the fourth for shared seats, and the fifth passes the fourth.
    const parties = [
      register(0, 2, 0),
      register(1, 2, 0),
      register(2),
      register(3, 2),
      register(4),
    ];
    const toDo = oneByOne(...parties);
    const chosen = { capacity: 4, passesMax: 3, types: [{ quota: 3 }] };
    expect(await mistakesWith(same, chosen, toDo)).toBe("");
    expect(await mistakesWith(typeless, chosen, toDo)).toContain("log ");
  }, 120_000);

  test("without the count of passes a party is passed for ever by another type", async () => {
    const uncounted: Rewrite = (sql) =>
      sql.includes("events.seats.passes") ? sql.replace("passes + (", "passes + 0 * (") : sql;
    expect(await mistakesWith(uncounted, shared, pass)).toContain("was passed too often");
  }, 120_000);
});
