// The checks of this folder can fail: each gets inputs with one fault.
import { describe, expect, it } from "vitest";
import { deliveryFaults, differences, storageFaults } from "./checks.ts";

const events = [1, 2, 3, 4].map((seq) => ({ seq, prevSeq: seq - 1, id: `m${seq}` }));
const log = events.map(({ id }) => ({ id }));
const [one, two, three, four] = events as [Event, Event, Event, Event];
type Event = (typeof events)[number];

describe("the check of deliveries", () => {
  const faults = (seen: readonly Event[]) => deliveryFaults(seen, log, ({ id }) => ({ id }));

  it("passes when every entry arrived once, in order", () => expect(faults(events)).toEqual([]));

  it.each([
    ["the first is missing", [two, three, four]],
    ["one is missing", [one, two, four]],
    ["the last is missing", [one, two, three]],
    ["one came twice", [one, two, two, three, four]],
    ["the last came twice", [...events, four]],
    ["two came in the wrong order", [one, three, two, four]],
    ["one follows another than it says", [one, { ...two, prevSeq: 0 }, three, four]],
    ["one is another than was stored", [one, two, { ...three, id: "m9" }, four]],
    ["one was never stored", [...events, { seq: 5, prevSeq: 4, id: "m5" }]],
  ])("fails when %s", (_, seen) => expect(faults(seen)).not.toEqual([]));
});

describe("the check of storage", () => {
  const kept = ["a", "b", "c"].map((key) => ({ key, value: `at ${key}` }));
  const [a, b, c] = kept as [Kept, Kept, Kept];
  type Kept = (typeof kept)[number];

  it("passes when each is there once, at its position", () =>
    expect(storageFaults(kept, [c, a, b])).toEqual([]));

  it.each([
    ["one is not stored", kept, [a, b]],
    ["one is stored twice", kept, [...kept, { ...b, value: "elsewhere" }]],
    ["one is stored in another place", kept, [a, b, { ...c, value: "elsewhere" }]],
    ["one is stored that was never accepted", [a, b], kept],
  ])("fails when %s", (_, accepted, stored) =>
    expect(storageFaults(accepted, stored)).toHaveLength(1),
  );
});

describe("the check of projections", () => {
  const rows = [
    { id: 1, skills: ["a"] },
    { id: 2, skills: [] },
  ];

  it("passes when the rows are equal", () =>
    expect(
      differences(rows, [
        { skills: [], id: 2 },
        { skills: ["a"], id: 1 },
      ]),
    ).toEqual([]));

  it.each([
    ["a row is missing", [{ id: 1, skills: ["a"] }], 1],
    [
      "a row is old",
      [
        { id: 1, skills: [] },
        { id: 2, skills: [] },
      ],
      2,
    ],
    ["a row is left over", [...rows, { id: 3, skills: [] }], 1],
  ])("fails when %s", (_, projection, count) =>
    expect(differences(rows, projection)).toHaveLength(count),
  );
});
