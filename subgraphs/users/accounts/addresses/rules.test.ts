// How often mails that confirm an address are sent.
import { expect, test } from "vitest";
import { judgeChangeMail, judgeResend } from "./rules.ts";

const now = new Date("2026-11-30T12:00:00Z");
const ago = (...seconds: number[]) => seconds.map((s) => new Date(now.getTime() - s * 1_000));

test("the first mail is sent at once, and the next after a minute", () => {
  expect(judgeResend([], now)).toEqual({ kind: "send", retryAfterMs: 60_000 });
  expect(judgeResend(ago(59), now)).toEqual({ kind: "limited", retryAfterMs: 1_000 });
  expect(judgeResend(ago(60), now)).toEqual({ kind: "send", retryAfterMs: 60_000 });
});

test("of six in an hour, the last waits until the first no longer counts", () => {
  expect(judgeResend(ago(100, 900, 1_800, 2_700), now)).toEqual({
    kind: "send",
    retryAfterMs: 900_000,
  });
  expect(judgeResend(ago(100, 900, 1_800, 2_700, 3_500), now)).toEqual({
    kind: "limited",
    retryAfterMs: 100_000,
  });
});

test("a typing error is corrected at once, five times an hour", () => {
  expect(judgeChangeMail(ago(1, 2, 3, 4), now).kind).toBe("send");
  expect(judgeChangeMail(ago(1, 2, 3, 4, 5), now)).toEqual({
    kind: "limited",
    retryAfterMs: 3_595_000,
  });
});
