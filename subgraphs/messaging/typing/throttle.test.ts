// Guarantees about which typing signals are sent.
import fc from "fast-check";
import { expect, test } from "vitest";
import { createThrottle } from "./throttle.ts";

function aThrottle() {
  let now = 0;
  const throttle = createThrottle(() => now);
  return {
    pass: (ms: number) => {
      now += ms;
    },
    says: (isTyping: boolean) => throttle.shouldSend("talk", "ada", isTyping),
    sends: () => throttle.ends("talk", "ada"),
  };
}

test("the same state is sent again after two seconds, and not before", () => {
  const { says, pass } = aThrottle();
  expect(says(true)).toBe(true);
  pass(1_999);
  expect(says(true)).toBe(false);
  pass(1);
  expect(says(true)).toBe(true);
});

test("however often a state changes within two seconds, the others know the last one", () => {
  const steps = fc.array(fc.tuple(fc.boolean(), fc.nat({ max: 900 })), { minLength: 1 });
  fc.assert(
    fc.property(steps, (given) => {
      const { says, pass } = aThrottle();
      let received: boolean | undefined;
      for (const [isTyping, ms] of given) {
        pass(ms);
        if (says(isTyping)) received = isTyping;
        expect(received).toBe(isTyping);
      }
    }),
  );
});

test("a message ends its sender's typing, once, and a new typing signal is sent at once", () => {
  const { says, sends, pass } = aThrottle();
  expect(sends()).toBe(false);
  says(true);
  expect([sends(), sends()]).toEqual([true, false]);
  expect(says(true)).toBe(true);
  says(false);
  expect(sends()).toBe(false);
  says(true);
  pass(10_000);
  expect(sends()).toBe(false);
});
