// Guarantees about who is in the group of an event.
import fc from "fast-check";
import { expect, test } from "vitest";
import { type EventGroup, stepOf } from "./rules.ts";

const group: EventGroup = { present: ["owner"], attendees: [], brought: [], departed: [] };

test("people with seats join, and leave with them", () => {
  const seated = stepOf({ ...group, attendees: ["ada", "bob"] }, 256);
  expect(seated).toEqual({ joining: ["ada", "bob"], leaving: [], forgotten: [] });
  const left = { ...group, present: ["owner", "ada"], brought: ["ada"] };
  expect(stepOf(left, 256)).toEqual({ joining: [], leaving: ["ada"], forgotten: ["ada"] });
});

test("people added by hand stay, and people who left or were removed are not brought back", () => {
  expect(stepOf({ ...group, present: ["owner", "guest"] }, 256).leaving).toEqual([]);
  const removed = { ...group, attendees: ["ada"], brought: ["ada"] };
  expect(stepOf(removed, 256).joining).toEqual([]);
  expect(stepOf({ ...group, attendees: ["ada"], departed: ["ada"] }, 256).joining).toEqual([]);
});

test("after a step there is no difference any more, and the group is never too large", () => {
  const ids = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e", "f"));
  const max = 4;
  fc.assert(
    fc.property(ids, ids, ids, ids, (present, attendees, brought, departed) => {
      const before = { present: present.slice(0, max), attendees, brought, departed };
      const step = stepOf(before, max);
      const after = [...before.present.filter((id) => !step.leaving.includes(id)), ...step.joining];
      expect(new Set(after).size).toBe(after.length);
      expect(after.length).toBeLessThanOrEqual(max);
      const known = brought.filter((id) => !step.forgotten.includes(id));
      const next = { ...before, present: after, brought: [...known, ...step.joining] };
      const again = stepOf(next, max);
      expect([again.leaving, again.forgotten]).toEqual([[], []]);
      if (after.length < max) expect(again.joining).toEqual([]);
    }),
  );
});
