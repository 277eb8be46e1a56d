// Guarantees about hosts.
import { describe, expect, test } from "vitest";
import { endsWatching, HOSTS_MAX, judgeHost } from "./rules.ts";

const event = { organizerId: "ada" };
const known = { isKnown: true, isBlocked: false };
const hosts = (count: number) => Array.from({ length: count }, (_, at) => `host ${at}`);

describe("a host", () => {
  test("is a person with an account that nobody of the two blocks", () => {
    expect(judgeHost(event, "bob", known, [])).toEqual({ kind: "add" });
    for (const candidate of [
      { isKnown: false, isBlocked: false },
      { isKnown: true, isBlocked: true },
    ]) {
      expect(judgeHost(event, "bob", candidate, [])).toEqual({ kind: "unavailable" });
    }
  });

  test("is not the organizer", () => {
    expect(judgeHost(event, "ada", known, [])).toEqual({ kind: "unavailable" });
  });

  test("is one of at most twenty, whose rights can still change", () => {
    expect(judgeHost(event, "bob", known, hosts(HOSTS_MAX - 1))).toEqual({ kind: "add" });
    expect(judgeHost(event, "bob", known, hosts(HOSTS_MAX))).toEqual({
      kind: "tooMany",
      hostsMax: HOSTS_MAX,
    });
    expect(judgeHost(event, "host 3", known, hosts(HOSTS_MAX))).toEqual({ kind: "add" });
  });

  test("watches registrations until they lose that right", () => {
    expect(endsWatching(["SEE_PEOPLE", "EDIT"], ["EDIT"])).toBe(true);
    expect(endsWatching(["SEE_PEOPLE"], null)).toBe(true);
    expect(endsWatching(["SEE_PEOPLE"], ["SEE_PEOPLE", "EDIT"])).toBe(false);
    expect(endsWatching(["EDIT"], null)).toBe(false);
    expect(endsWatching(null, ["SEE_PEOPLE"])).toBe(false);
  });
});
