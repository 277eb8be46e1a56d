// Guarantees about step-up: how long an authentication counts, and what a password proves.
import { describe, expect, it } from "vitest";
import { judgeAuthentication, judgeWithPassword, recentUntil } from "./rules.ts";

const then = new Date("2026-05-04T12:00:00Z");
const at = (ms: number) => new Date(then.getTime() + ms);
const TEN_MINUTES = 600_000;
const refused = (hasSecondFactor: boolean) => ({ kind: "reauthenticate", hasSecondFactor });

const by = (hasSecondFactor: boolean) => ({ authenticatedAt: then, hasSecondFactor });

describe.each([true, false])("an authentication (second factor: %s)", (hasSecondFactor) => {
  it("counts for ten minutes, and not at their end", () => {
    expect(recentUntil(then)).toEqual(at(TEN_MINUTES));
    expect(judgeAuthentication(by(hasSecondFactor), at(TEN_MINUTES - 1))).toBeNull();
    expect(judgeAuthentication(by(hasSecondFactor), at(TEN_MINUTES))).toEqual(
      refused(hasSecondFactor),
    );
  });

  it("of a clock that runs ahead counts", () => {
    expect(judgeAuthentication(by(hasSecondFactor), at(-1_000))).toBeNull();
  });
});

it("a session that has ended has not authenticated", () => {
  expect(judgeAuthentication(null, then)).toEqual(refused(false));
});

describe("an action that asks for the password itself", () => {
  it("needs no more from a person without a second factor", () => {
    expect(judgeWithPassword(by(false), at(TEN_MINUTES))).toBeNull();
    expect(judgeWithPassword(null, then)).toBeNull();
  });

  it("needs a recent authentication where there is a second factor", () => {
    expect(judgeWithPassword(by(true), at(TEN_MINUTES))).toEqual(refused(true));
    expect(judgeWithPassword(by(true), at(TEN_MINUTES - 1))).toBeNull();
  });
});
