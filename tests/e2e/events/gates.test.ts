// Many gates at one door, online and offline: everybody is let in once, whatever comes at once or
// late. On the real database over two replicas, with the guard turned off as a control.
import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { withDatabase } from "../../kit/database.ts";
import {
  anOpenDoor,
  doorCounts,
  type OfflineScan,
  scan,
  sync,
  ticketsFor,
  undo,
} from "../../kit/door.ts";
import { tokenHolders } from "../../kit/stories.ts";
import { ticketCodes } from "../../kit/tickets.ts";

const GATES = ["A", "B", "C", "D", "E"];

/** Registrations with seats as if people had registered, and the codes of all their seats. */
async function seated(eventId: string, parties: number, partySize: number): Promise<string[]> {
  const ids = Array.from({ length: parties }, () => newId());
  await withDatabase("events", async (client) => {
    await client.query(
      `insert into registration (id, event_id, attendee_id, status, party_size, request_hash,
         requested_seq, confirmed_seq, created_at)
       select id, $1, gen_random_uuid(), 'CONFIRMED', $3, '', n, n, now()
       from unnest($2::uuid[]) with ordinality as t(id, n)`,
      [eventId, ids, partySize],
    );
    await client.query("update event set seats_taken = $2 where id = $1", [
      eventId,
      parties * partySize,
    ]);
    await client.query("update stream set last_seq = $2 where id = $1", [
      `event:${eventId}`,
      parties,
    ]);
  });
  const codes = ticketCodes();
  return ids.flatMap((registrationId) =>
    Array.from({ length: partySize }, (_, at) =>
      codes.codeOf(eventId, { registrationId, seat: at + 1, ticketVersion: 1 }),
    ),
  );
}

describe("five gates at once", () => {
  test("let in 500 people, each once, though every ticket is shown twice", async () => {
    const [organizer] = await tokenHolders(1);
    const eventId = await anOpenDoor(organizer, { capacity: 500 });
    const codes = await seated(eventId, 250, 2);
    const shown = [...codes, ...codes];
    const answers = await Promise.all(
      GATES.map(async (gate, which) => {
        const results: string[] = [];
        for (let at = which; at < shown.length; at += GATES.length) {
          const code = shown[at] ?? "";
          const result = await scan(organizer.token, { code, eventId, gate }, at % 2);
          results.push(result.__typename);
        }
        return results;
      }),
    );
    const count = (name: string) => answers.flat().filter((each) => each === name).length;
    expect(count("CheckInSuccess")).toBe(500);
    expect(count("AlreadyCheckedInProblem")).toBe(500);
    expect(await doorCounts(eventId)).toEqual({
      counted: 500,
      recounted: 500,
      seats: 500,
      taken: 500,
      conflicts: 0,
    });
  }, 300_000);

  test("let somebody in twice when the lock and the unique index are missing", async () => {
    const [organizer] = await tokenHolders(1);
    const eventId = await anOpenDoor(organizer);
    const [code = ""] = await seated(eventId, 1, 1);
    await scan(organizer.token, { code, eventId });
    const entered = await withDatabase("events", async (client) => {
      await client.query("begin");
      // Only in this transaction, which is never committed.
      await client.query(`drop index check_in_seat_key`);
      await client.query(
        `insert into check_in (id, event_id, registration_id, seat, nonce, scanned_at, recorded_at,
           gate, by)
         select gen_random_uuid(), event_id, registration_id, seat, 'second', now(), now(), '', by
         from check_in where event_id = $1`,
        [eventId],
      );
      const { rows } = await client.query<{ count: number }>(
        `select count(*)::int from check_in where event_id = $1 and not is_conflict`,
        [eventId],
      );
      await client.query("rollback");
      return rows[0]?.count;
    });
    expect(entered).toBe(2);
    await expect(
      withDatabase("events", (client) =>
        client.query(
          `insert into check_in (id, event_id, registration_id, seat, nonce, scanned_at, recorded_at,
           gate, by)
           select gen_random_uuid(), event_id, registration_id, seat, 'second', now(), now(), '', by
           from check_in where event_id = $1`,
          [eventId],
        ),
      ),
    ).rejects.toThrow(/check_in_seat_key/);
  });
});

interface Conflict {
  readonly nonce: string;
  readonly is_conflict: boolean;
}

/** The scans of an event by nonce, and which of them are conflicts. */
async function scansOf(eventId: string): Promise<Conflict[]> {
  return withDatabase("events", async (client) => {
    const { rows } = await client.query<Conflict>(
      `select nonce, is_conflict from check_in where event_id = $1 order by nonce`,
      [eventId],
    );
    return rows;
  });
}

describe("gates that were offline", () => {
  test("give the same counts and conflicts, however they share scans and whenever they report", async () => {
    const [organizer] = await tokenHolders(1);
    const minutes = fc.integer({ min: 1, max: 30 });
    const scans = fc.array(fc.record({ seat: fc.nat(5), minutes, gate: fc.nat(2) }), {
      minLength: 1,
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(scans, fc.array(fc.nat(), { minLength: 12 }), async (given, order) => {
        const now = Date.now();
        const outcomes = [];
        for (const isShuffled of [false, true]) {
          const eventId = await anOpenDoor(organizer, { capacity: 6 });
          const codes = await seated(eventId, 3, 2);
          const all = given.map(({ seat, minutes: ago, gate }, at) => ({
            gate: isShuffled ? (order[at] ?? 0) % 3 : gate,
            rank: isShuffled ? (order[at] ?? 0) : at,
            scan: {
              code: codes[seat] ?? "",
              nonce: `n${at}`,
              scannedAt: new Date(now - ago * 60_000).toISOString(),
            },
          }));
          const batches = [0, 1, 2].map((gate) =>
            all
              .filter((each) => each.gate === gate)
              .sort((a, b) => a.rank - b.rank)
              .map((each) => each.scan),
          );
          if (isShuffled) batches.reverse();
          for (const [at, batch] of batches.entries()) {
            await sync(organizer.token, eventId, GATES[at] ?? "", batch, at % 2);
            // A gate that got no answer sends its scans again.
            if (isShuffled) await sync(organizer.token, eventId, GATES[at] ?? "", batch);
          }
          const counts = await doorCounts(eventId);
          expect(counts.counted).toBe(counts.recounted);
          outcomes.push({ counts, scans: await scansOf(eventId) });
        }
        expect(outcomes[1]).toEqual(outcomes[0]);
        const seats = new Set(given.map(({ seat }) => seat)).size;
        expect(outcomes[0]?.counts).toMatchObject({
          counted: seats,
          conflicts: given.length - seats,
        });
      }),
      { numRuns: 8 },
    );
  }, 300_000);

  test("show a seat that both let in with both times, and undoing the first lets the other count", async () => {
    const [organizer, ada] = await tokenHolders(2);
    const eventId = await anOpenDoor(organizer);
    const { codes } = await ticketsFor(ada, eventId);
    const scanAgo = (minutes: number): OfflineScan => ({
      code: codes[0] ?? "",
      nonce: randomUUID(),
      scannedAt: new Date(Date.now() - minutes * 60_000).toISOString(),
    });
    const [late] = await sync(organizer.token, eventId, "A", [scanAgo(1)]);
    const [early] = await sync(organizer.token, eventId, "B", [scanAgo(9)]);
    expect([late?.checkIn?.isConflict, early?.checkIn?.isConflict]).toEqual([false, false]);
    expect(await doorCounts(eventId)).toMatchObject({ counted: 1, recounted: 1, conflicts: 1 });
    await undo(organizer.token, early?.checkIn?.id ?? "");
    expect(await doorCounts(eventId)).toMatchObject({ counted: 1, recounted: 1, conflicts: 0 });
    await undo(organizer.token, late?.checkIn?.id ?? "");
    expect(await doorCounts(eventId)).toMatchObject({ counted: 0, recounted: 0, conflicts: 0 });
  });
});
