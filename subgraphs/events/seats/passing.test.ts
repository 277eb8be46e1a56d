// Guarantees about the order of the list and about passing.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decide, type Passed, readOfClass, seatsByType, type Waiting } from "./passing.ts";

interface Party extends Waiting {
  readonly at: number;
}

const list = (...parties: readonly (readonly [partySize: number, passes?: number])[]): Party[] =>
  parties.map(([partySize, passes = 0], at) => ({ at, partySize, passes, ticketTypeId: null }));

const alike = (seats: number) => seatsByType(seats, new Map());

const given = (parties: Party[], seatsLeft: number, passesMax = 3, givenMax = 100) =>
  decide(parties, alike(seatsLeft), { passesMax, givenMax }).given.map(({ at }) => at);

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
    expect(decide(list([1], [1], [1]), alike(3), seats)).toMatchObject({ isCut: true });
    expect(decide(list([1], [1], [1]), alike(2), seats)).toMatchObject({ isCut: false });
  });
});

/** `a` has no quota, `q` has one, `r` and `s` have seats set aside. */
const TYPES = [null, "a", "q", "r", "s"] as const;

const typed = (...parties: readonly (readonly [type: string, size: number, passes?: number])[]) =>
  parties.map(([ticketTypeId, partySize, passes = 0], at) => ({
    at,
    partySize,
    passes,
    ticketTypeId,
  }));

const quotas = (left: { readonly [type: string]: number }) =>
  new Map(
    Object.entries(left).map(([id, quotaLeft]) => [id, { quotaLeft, isReserved: /[rs]/.test(id) }]),
  );

describe("seats of ticket types", () => {
  const givenOf = (parties: Party[], shared: number, left: Record<string, number>, passesMax = 3) =>
    decide(parties, seatsByType(shared, quotas(left)), { passesMax, givenMax: 100 }).given.map(
      ({ at }) => at,
    );

  test("are those of the quota and of the event", () => {
    expect(givenOf(typed(["q", 2], ["q", 1], ["a", 1]), 9, { a: 9, q: 2 })).toEqual([0, 2]);
    expect(givenOf(typed(["q", 2], ["a", 1]), 2, { a: 9, q: 9 })).toEqual([0]);
  });

  test("that are set aside are for their type alone", () => {
    expect(givenOf(typed(["a", 3], ["r", 3], ["r", 1]), 2, { a: 9, r: 3 })).toEqual([1]);
  });

  test("are short for all types, also for reserved ones, while more are set aside than exist", () => {
    expect(givenOf(typed(["r", 3], ["r", 2], ["a", 1]), -2, { a: 9, r: 4 })).toEqual([1]);
  });

  test("go past a party of a full type as often as others like, and are not kept for it", () => {
    const full = typed(["q", 2, 3], ["a", 1], ["a", 1]);
    expect(givenOf(full, 9, { a: 9, q: 1 })).toEqual([1, 2]);
    expect(givenOf(typed(["q", 2, 3], ["q", 1]), 9, { q: 1 })).toEqual([]);
  });

  test("of the event are kept for a party that was passed often enough, set-aside ones are not", () => {
    const passedOften = typed(["a", 5, 3], ["q", 1], ["r", 1]);
    expect(givenOf(passedOften, 4, { a: 9, q: 9, r: 2 })).toEqual([2]);
  });
});

/** The rules, written down once more: the seats that are left after some are given. */
function modelOf(shared: number, types: ReturnType<typeof quotas>) {
  const left = new Map([...types].map(([id, { quotaLeft }]) => [id, quotaLeft]));
  let open = shared;
  const reserves = ({ ticketTypeId }: Party) => types.get(ticketTypeId ?? "")?.isReserved ?? false;
  const quota = ({ ticketTypeId }: Party) => left.get(ticketTypeId ?? "") ?? Infinity;
  const free = (party: Party) =>
    reserves(party) ? quota(party) + Math.min(0, open) : Math.min(quota(party), open);
  return {
    free,
    fits: (party: Party) => party.partySize <= free(party),
    take(party: Party) {
      if (party.ticketTypeId !== null) {
        left.set(party.ticketTypeId, quota(party) - party.partySize);
      }
      if (!reserves(party)) open -= party.partySize;
    },
    /** Whether a party waits for seats of its type; for those in `keeping` seats are kept. */
    waitsForType(party: Party, keeping: readonly Party[]): boolean {
      if (reserves(party) || party.partySize > quota(party)) return true;
      const same = keeping.filter(({ ticketTypeId }) => ticketTypeId === party.ticketTypeId);
      return same.some((each) => each.at < party.at && this.waitsForType(each, keeping));
    },
    /** One gets seats for which the other waits. */
    isPassing(one: Party, other: Party, keeping: readonly Party[]) {
      if (one.ticketTypeId === other.ticketTypeId) return true;
      return !reserves(one) && !this.waitsForType(other, keeping);
    },
  };
}

const scene = fc
  .record({
    all: fc.array(
      fc.record({
        partySize: fc.integer({ min: 1, max: 5 }),
        passes: fc.integer({ min: 0, max: 4 }),
        ticketTypeId: fc.constantFrom<string | null>(...TYPES),
      }),
      { maxLength: 60 },
    ),
    shared: fc.integer({ min: -5, max: 15 }),
    quotas: fc.record({
      a: fc.constant(Infinity),
      q: fc.integer({ min: -2, max: 10 }),
      r: fc.integer({ min: 0, max: 8 }),
      s: fc.integer({ min: 0, max: 8 }),
    }),
    passesMax: fc.nat(4),
    givenMax: fc.oneof(fc.constant(100), fc.integer({ min: 1, max: 8 })),
  })
  .map(({ all, quotas: left, ...rest }) => ({
    ...rest,
    all: all.map((party, at) => ({ ...party, at })),
    types: quotas(left),
  }));

test("nobody who fits is left behind, but by such seats that are kept for a party that was passed", () => {
  fc.assert(
    fc.property(scene, ({ all, shared, types, passesMax }) => {
      const limits = { passesMax, givenMax: 100 };
      const { given: chosen, passed } = decide(all, seatsByType(shared, types), limits);
      const moving = new Set(chosen);
      const model = modelOf(shared, types);
      const passes = new Map(all.map((party) => [party, party.passes]));
      const isExhausted = (party: Party) => (passes.get(party) ?? 0) >= passesMax;
      const judge = (waiting: readonly Party[]) => {
        const keeping = waiting.filter(isExhausted);
        for (const party of waiting.filter(model.fits)) {
          const ahead = keeping.filter((each) => each.at < party.at);
          expect(ahead.some((each) => model.isPassing(party, each, keeping))).toBe(true);
        }
      };
      for (const party of all.filter((each) => moving.has(each))) {
        const ahead = all.filter((each) => each.at < party.at && !moving.has(each));
        judge(ahead);
        expect(model.fits(party)).toBe(true);
        const keeping = ahead.filter(isExhausted);
        for (const each of ahead.filter((one) => model.isPassing(party, one, keeping))) {
          expect(isExhausted(each)).toBe(false);
          passes.set(each, (passes.get(each) ?? 0) + 1);
        }
        model.take(party);
      }
      const behind = all.filter((each) => !moving.has(each));
      judge(behind);
      for (const party of behind) {
        expect(party.passes + countOf(party, passed)).toBe(passes.get(party));
      }
    }),
    { numRuns: 5_000 },
  );
});

/** How often a party was passed, as the database counts it. */
const countOf = (party: Party, passed: readonly Passed<Party>[]) =>
  passed
    .filter(({ ticketTypeId }) => ticketTypeId === party.ticketTypeId)
    .filter(({ partySize }) => partySize === party.partySize)
    .flatMap(({ passes }) => passes)
    .filter(({ by, until }) => by.at > party.at && party.at < (until?.at ?? Infinity)).length;

test("the first parties of each class decide as the whole list does, and count all passes", () => {
  fc.assert(
    fc.property(
      scene,
      fc.array(fc.nat(59), { maxLength: 3 }),
      ({ all, shared, types, passesMax, givenMax }, known) => {
        const limits = { passesMax, givenMax };
        const counts = new Map<string, number>();
        const { free } = modelOf(shared, types);
        // Those that the sweep knows without reading, such as a newcomer, are beside the classes.
        const head = all.filter((party) => {
          if (known.includes(party.at)) return true;
          const key = `${party.ticketTypeId} ${party.partySize} ${party.passes}`;
          counts.set(key, (counts.get(key) ?? 0) + 1);
          const read = readOfClass(party.partySize, free(party), givenMax);
          return (counts.get(key) ?? 0) <= read;
        });
        const whole = decide(all, seatsByType(shared, types), limits);
        const first = decide(head, seatsByType(shared, types), limits);
        expect(first.given).toEqual(whole.given);
        expect(first.isCut).toBe(whole.isCut);
        for (const party of all.filter((each) => !whole.given.includes(each))) {
          expect(countOf(party, first.passed)).toBe(countOf(party, whole.passed));
        }
      },
    ),
    { numRuns: 5_000 },
  );
});
