// Guarantees of password hashing: which passwords match, how much work a refusal takes, and that
// too many requests at once are refused.
import { expect, test, vi } from "vitest";
import { verify } from "./argon2.ts";
import { createPasswords } from "./hashing.ts";

// The real one, with its calls recorded.
vi.mock("./argon2.ts", { spy: true });

test("a password matches its own hash and no other's", async () => {
  const passwords = await createPasswords();
  const stored = await passwords.hash("correct horse");
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await passwords.matches("correct horse", stored)).toBe(true);
  expect(await passwords.matches("correct horsE", stored)).toBe(false);
});

test("an unknown account costs the same hash as a wrong password", async () => {
  const passwords = await createPasswords();
  const stored = await passwords.hash("correct horse");
  vi.mocked(verify).mockClear();
  expect(await passwords.matches("wrong", stored)).toBe(false);
  expect(await passwords.matches("wrong", null)).toBe(false);
  const [wrong, unknown] = vi.mocked(verify).mock.calls.map(([hashed]) => String(hashed));
  expect(wrong).toBe(stored);
  expect(parametersOf(unknown)).toBe(parametersOf(stored));
});

/** The algorithm and its costs, without salt and digest. */
function parametersOf(hashed = ""): string {
  return hashed.split("$").slice(0, 4).join("$");
}

test("a request beyond the limit is told to retry later, and the others are served", async () => {
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
