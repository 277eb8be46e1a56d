// Password hashing: what matches, how long a refusal takes, and that a crowd is turned away instead
// of queueing for ever.
import { expect, test } from "vitest";
import { createPasswords } from "./passwords.ts";

test("a password matches its own hash and no other's", async () => {
  const passwords = await createPasswords();
  const stored = await passwords.hash("correct horse");
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await passwords.matches("correct horse", stored)).toBe(true);
  expect(await passwords.matches("correct horsE", stored)).toBe(false);
});

test("nobody's password matches nothing, and finding that out takes a hash as well", async () => {
  const passwords = await createPasswords();
  const stored = await passwords.hash("correct horse");
  const wrong = await fastest(() => passwords.matches("wrong", stored));
  const nobody = await fastest(() => passwords.matches("wrong", null));
  expect(nobody).toBeGreaterThan(wrong / 4);
});

test("whoever comes when too many wait is told to come back, and the others are served", async () => {
  const passwords = await createPasswords({ waitingMax: 1 });
  const outcomes = await Promise.allSettled(
    Array.from({ length: 5 }, () => passwords.matches("wrong", null)),
  );
  expect(outcomes.map((outcome) => outcome.status).sort()).toEqual([
    "fulfilled",
    "fulfilled",
    "fulfilled",
    "rejected",
    "rejected",
  ]);
  const refused = outcomes.find((outcome) => outcome.status === "rejected");
  expect(refused?.reason.extensions).toMatchObject({ code: "RATE_LIMITED", retryAfterMs: 5_000 });
});

async function fastest(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < 5; run += 1) {
    const startedAt = performance.now();
    expect(await work()).toBe(false);
    times.push(performance.now() - startedAt);
  }
  return Math.min(...times);
}
