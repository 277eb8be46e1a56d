// Guarantees about which positions are acknowledged.
import fc from "fast-check";
import { expect, test } from "vitest";
import { createUnacknowledged } from "./unacknowledged.ts";

test("a position is acknowledged with all events before it, and the first event has many", () => {
  const unacknowledged = createUnacknowledged();
  const opened = [
    { streamId: "a", seq: 0 },
    { streamId: "b", seq: 6 },
  ];
  unacknowledged.add(opened);
  for (const seq of [1, 2]) unacknowledged.add([{ streamId: "a", seq }]);
  unacknowledged.add([{ streamId: "b", seq: 7 }]);
  expect(unacknowledged.acknowledge(1)).toEqual(opened);
  expect(unacknowledged.acknowledge(2)).toEqual([{ streamId: "a", seq: 2 }]);
  expect(unacknowledged.acknowledge(1)).toEqual([{ streamId: "b", seq: 7 }]);
  expect(unacknowledged.acknowledge(1)).toEqual([]);
});

const streams = fc.constantFrom("a", "b", "c");
const steps = fc.array(fc.oneof(fc.record({ streamId: streams }), fc.integer({ min: 1, max: 9 })), {
  maxLength: 200,
});

test("however long the list, no mark is beyond what was acknowledged, and in the end all are", () => {
  fc.assert(
    fc.property(steps, fc.integer({ min: 2, max: 8 }), (given, runsMax) => {
      const unacknowledged = createUnacknowledged(runsMax);
      const handed: { streamId: string; seq: number }[] = [];
      const marks = new Map<string, number>();
      let received = 0;
      const receive = (count: number) => {
        received += count;
        for (const { streamId, seq } of unacknowledged.acknowledge(count)) marks.set(streamId, seq);
        for (const [streamId, seq] of marks) {
          const at = handed.findIndex((each) => each.streamId === streamId && each.seq === seq);
          expect(at).toBeLessThan(received);
        }
      };
      for (const step of given) {
        if (typeof step === "number") receive(Math.min(step, handed.length - received));
        else {
          const seq = handed.filter(({ streamId }) => streamId === step.streamId).length + 1;
          handed.push({ ...step, seq });
          unacknowledged.add([{ ...step, seq }]);
        }
      }
      receive(handed.length - received);
      for (const { streamId, seq } of handed)
        expect(marks.get(streamId) ?? 0).toBeGreaterThanOrEqual(seq);
    }),
  );
});
