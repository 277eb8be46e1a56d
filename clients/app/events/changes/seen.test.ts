// Guarantees about the facts of events that a reader has seen.
import { expect, test } from "vitest";
import { changesBetween, digestOf, type Facts, rememberFacts, seenFacts } from "./seen.ts";

const facts: Facts = {
  startsAt: "2026-12-04T17:00:00.000Z",
  endsAt: "2026-12-04T19:00:00.000Z",
  timeZone: "Europe/Berlin",
  venue: "Room 1",
  link: digestOf("https://meet.example.org/a"),
};

function aStore() {
  const texts = new Map<string, string>();
  return {
    texts,
    getItem: (key: string) => texts.get(key) ?? null,
    setItem: (key: string, text: string) => void texts.set(key, text),
  };
}

test("each fact that is another one is a change, and the same moment is none", () => {
  const now = {
    startsAt: "2026-12-04T17:00:00Z",
    endsAt: "2026-12-04T20:00:00Z",
    timeZone: "Europe/Paris",
    venue: null,
    link: digestOf("https://meet.example.org/b"),
  };
  expect(changesBetween(facts, now)).toEqual(["TIME", "PLACE", "TIME_ZONE", "ONLINE_LINK"]);
  expect(changesBetween(facts, { ...facts, startsAt: now.startsAt })).toEqual([]);
});

test("a link that the reader may not see, or that a list does not read, has not changed", () => {
  const { link: _, ...others } = facts;
  expect(changesBetween(facts, others)).toEqual([]);
  expect(changesBetween(others, facts)).toEqual([]);
  expect(changesBetween({ ...facts, link: digestOf(null) }, facts)).toEqual(["ONLINE_LINK"]);
});

test("facts are kept for their reader alone, and a list keeps the digest of the link", () => {
  const store = aStore();
  rememberFacts(store, "ada", "event", facts);
  const { link: _, ...others } = facts;
  rememberFacts(store, "ada", "event", { ...others, venue: "Room 2" });
  expect(seenFacts(store, "ada", "event")).toEqual({ ...facts, venue: "Room 2" });
  expect(seenFacts(store, "bob", "event")).toBeNull();
  rememberFacts(store, "bob", "another", facts);
  expect(seenFacts(store, "ada", "event")).toBeNull();
});

test("a hundred events are kept, those that were looked at last", () => {
  const store = aStore();
  for (let at = 0; at < 100; at += 1) rememberFacts(store, "ada", `event ${at}`, facts);
  rememberFacts(store, "ada", "event 0", facts);
  rememberFacts(store, "ada", "one more", facts);
  expect(seenFacts(store, "ada", "event 0")).toEqual(facts);
  expect(seenFacts(store, "ada", "event 1")).toBeNull();
});

test("what another program wrote there is ignored", () => {
  const store = aStore();
  for (const text of ["{", "7", `{"viewerId":"ada","events":{}}`]) {
    store.texts.set("meetinity.seenEvents", text);
    expect(seenFacts(store, "ada", "event")).toBeNull();
  }
});
