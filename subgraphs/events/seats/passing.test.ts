// Guarantees about the order of the list and about passing.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { alikeSeats, decide, readOfClass, type Waiting } from "./passing.ts";

interface Party extends Waiting {
  readonly at: number;
}

const list = (...parties: readonly (readonly [partySize: number, passes?: number])[]): Party[] =>
  parties.map(([partySize, passes = 0], at) => ({ at, partySize, passes }));

const given = (parties: Party[], seatsLeft: number, passesMax = 3, givenMax = 100) =>
  decide(parties, alikeSeats(seatsLeft), { passesMax, givenMax }).given.map(({ at }) => at);

describe("free seats", () => {
  test("go to parties in order while they fit", () => {
    expect(given(list([2], [1], [3], [1]), 6)).toEqual([0, 1, 2]);
  });

  test("go past a party that does not fit, as often as it may be passed", () => {
    expect(given(list([10], [1], [1], [1], [1]), 9)).toEqual([1, 2, 3]);
    expect(given(list([10, 2], [1], [1]), 9)).toEqual([1]);
    expect(given(list([10, 3], [1]), 9)).toEqual([]);
  });

  test("stay in strict order where nobody may be passed", () => {
    expect(given(list([1], [10], [1]), 9, 0)).toEqual([0]);
  });

  test("are kept for a party that has been passed often enough, until it fits", () => {
    expect(given(list([4, 3], [1], [2]), 3)).toEqual([]);
    expect(given(list([4, 3], [1], [2]), 4)).toEqual([0]);
    expect(given(list([4, 3], [1], [2]), 5)).toEqual([0, 1]);
  });

  test("are kept for a party that was passed often enough under a looser rule", () => {
    expect(given(list([4, 5], [1]), 3, 2)).toEqual([]);
  });

  test("are given to so many parties at once, and the rest is another go", () => {
    const seats = { passesMax: 3, givenMax: 2 };
    expect(decide(list([1], [1], [1]), alikeSeats(3), seats)).toMatchObject({ isCut: true });
    expect(decide(list([1], [1], [1]), alikeSeats(2), seats)).toMatchObject({ isCut: false });
  });
});

const parties = fc
  .array(
    fc.record({
      partySize: fc.integer({ min: 1, max: 6 }),
      passes: fc.integer({ min: 0, max: 4 }),
    }),
    { maxLength: 60 },
  )
  .map((all) => all.map((party, at) => ({ ...party, at })));

test("nobody who fits is left behind, but by seats that are kept for a party that was passed", () => {
  fc.assert(
    fc.property(parties, fc.nat(20), fc.nat(4), (all, seatsLeft, passesMax) => {
      const moving = new Set(given(all, seatsLeft, passesMax));
      const seats = all.filter(({ at }) => moving.has(at)).reduce((n, p) => n + p.partySize, 0);
      expect(seats).toBeLessThanOrEqual(seatsLeft);
      const left = seatsLeft - seats;
      const behind = all.filter(({ at }) => !moving.has(at));
      const passesOf = (party: Party) =>
        party.passes + [...moving].filter((at) => at > party.at).length;
      for (const party of behind) {
        expect(passesOf(party)).toBeLessThanOrEqual(Math.max(passesMax, party.passes));
        const kept = behind.some((each) => each.at < party.at && passesOf(each) >= passesMax);
        if (!kept) expect(party.partySize).toBeGreaterThan(left);
      }
    }),
    { numRuns: 2_000 },
  );
});

test("the first parties of each class decide as the whole list does", () => {
  fc.assert(
    fc.property(
      parties,
      fc.nat(20),
      fc.nat(4),
      fc.integer({ min: 1, max: 8 }),
      fc.array(fc.nat(59), { maxLength: 3 }),
      (all, seatsLeft, passesMax, givenMax, known) => {
        const limits = { passesMax, givenMax };
        const counts = new Map<string, number>();
        // Those that the sweep knows without reading, such as a newcomer, are beside the classes.
        const head = all.filter(({ at, partySize, passes }) => {
          if (known.includes(at)) return true;
          const key = `${partySize} ${passes}`;
          counts.set(key, (counts.get(key) ?? 0) + 1);
          return (counts.get(key) ?? 0) <= readOfClass(partySize, seatsLeft, givenMax);
        });
        const whole = decide(all, alikeSeats(seatsLeft), limits);
        expect(decide(head, alikeSeats(seatsLeft), limits)).toEqual(whole);
      },
    ),
    { numRuns: 5_000 },
  );
});
