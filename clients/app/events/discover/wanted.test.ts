// Guarantees about the filters in an address.
import fc from "fast-check";
import { expect, it } from "vitest";
import { countOf, filterOf, partsOf, toggled, wantedOf, without } from "./wanted.ts";

const NOW = new Date(2026, 11, 2, 15);

it("an address keeps what it means, and loses the rest", () => {
  expect(
    wantedOf({
      search: "  rust ",
      when: "weekend",
      from: "2026-12-04",
      place: 2026,
      format: "online",
      tags: ["ai", "ai", " ", 5, {}],
      free: true,
      evil: "<script>",
    }),
  ).toEqual({
    search: "rust",
    when: "weekend",
    place: "2026",
    format: "online",
    tags: ["ai", "5"],
    free: true,
  });
  expect(
    wantedOf({ search: "", when: "never", from: "2026-02-30", format: "moon", tags: [], free: 1 }),
  ).toEqual({});
  expect(wantedOf({ tags: "one" })).toEqual({ tags: ["one"] });
  expect(wantedOf({ from: "2026-12-09", to: "2026-12-04" })).toEqual({
    from: "2026-12-04",
    to: "2026-12-09",
  });
});

it("whatever an address has, it is within the limits of the graph, and read again it is equal", () => {
  const value = fc.oneof(fc.string({ unit: "binary", maxLength: 200 }), fc.jsonValue());
  const names = ["search", "when", "from", "to", "place", "format", "tags", "free"];
  const address = fc.dictionary(fc.constantFrom(...names), value);
  fc.assert(
    fc.property(address, (given) => {
      const wanted = wantedOf(given);
      expect(wantedOf({ ...wanted })).toEqual(wanted);
      const { search = "a", place = "a", tags = ["a"] } = filterOf(wanted, NOW);
      for (const text of [search, place]) expect([...(text ?? "")].length).toBeLessThan(101);
      expect(tags?.length).toBeLessThan(11);
    }),
  );
});

it("a filter is the same all day, and says nothing of what is not chosen", () => {
  expect(filterOf({}, NOW)).toEqual({});
  expect(filterOf({ when: "today", free: true }, NOW)).toEqual({
    startsBefore: new Date(2026, 11, 3).toISOString(),
    hasFreeSeats: true,
  });
  const { endsAfter } = filterOf({ when: "weekend" }, NOW);
  expect(endsAfter).toBe(new Date(2026, 11, 5, 0, 0, 0, 1).toISOString());
});

it("each filter is counted, and can be taken off alone", () => {
  const wanted = wantedOf({
    search: "a",
    from: "2026-12-04",
    to: "2026-12-05",
    place: "b",
    format: "online",
    tags: ["c", "d"],
    free: true,
  });
  expect(countOf(wanted)).toBe(6);
  const parts = partsOf(wanted);
  expect(parts).toHaveLength(7);
  for (const part of parts) expect(partsOf(without(wanted, part))).toHaveLength(6);
  expect(toggled(toggled({}, "x"), "x")).toEqual({});
});
