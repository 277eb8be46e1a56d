// Suggestions on the real database: the suggested people, their order and reasons, and people who
// are never suggested.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { applyEvent, applyRegistration } from "../../../subgraphs/matching/events/apply.ts";
import { applyProfile } from "../../../subgraphs/matching/people/apply.ts";
import { emptyProfile, type Matching, openMatching } from "./harness.ts";
import { aSkill, inMinutes, type Stories, type Suggestion, storiesOf } from "./stories.ts";

let matching: Matching;
let the: Stories;
beforeAll(async () => {
  matching = await openMatching();
  the = storiesOf(matching);
});
afterAll(() => matching?.close());

describe("a list", () => {
  test("has people with shared topics in any spelling, rarest first, with reasons that add up", async () => {
    const [rare, common] = [aSkill(), aSkill()];
    const viewer = await matching.person({
      skills: ["k8s", rare, common],
      interests: ["Falconry of the north"],
      intents: ["FIND_MENTOR"],
      languages: ["en-GB"],
      location: "Lund, Sweden",
    });
    const best = await matching.person({
      skills: ["Kubernetes", rare],
      interests: ["falconry of the North"],
      intents: ["MENTOR"],
      languages: ["en", "sv"],
      location: "lund,Sweden",
    });
    const byRare = await matching.person({ skills: [rare, aSkill()] });
    const byCommon = await Promise.all(
      Array.from({ length: 8 }, () => matching.person({ skills: [common, aSkill()] })),
    );
    const list = await the.list(viewer);
    const others = [best, byRare, ...byCommon];
    expect(list.filter(({ user }) => others.includes(user.id)).map(({ user }) => user.id)).toEqual([
      best,
      byRare,
      ...byCommon.sort(),
    ]);
    const [first] = list;
    expect(first?.reasons.map(({ kind, description }) => `${kind}: ${description}`).sort()).toEqual(
      [
        "COMPLEMENTARY_INTENTS: You look for a mentor, and they mentor.",
        "SAME_PLACE: You are both in Lund, Sweden.",
        "SHARED_INTERESTS: You both like to talk about Falconry of the north.",
        "SHARED_LANGUAGES: You both speak English.",
        `SHARED_SKILLS: You are both good at Kubernetes and ${rare}.`,
      ],
    );
    const facts = first?.reasons.map((reason) => [reason.kind, reason.facts]) ?? [];
    expect(Object.fromEntries(facts)).toEqual({
      COMPLEMENTARY_INTENTS: ["FIND_MENTOR"],
      SAME_PLACE: ["Lund, Sweden"],
      SHARED_INTERESTS: ["Falconry of the north"],
      SHARED_LANGUAGES: ["en"],
      SHARED_SKILLS: expect.arrayContaining(["Kubernetes", rare]),
    });
    for (const { score, reasons } of list) {
      expect(reasons.reduce((sum, each) => sum + each.contribution, 0)).toBeCloseTo(score, 10);
    }
  });

  test("gives a pair the same score from either side", async () => {
    const [one, two] = [aSkill(), aSkill()];
    const a = await matching.person({ skills: [one, two, "Go"], intents: ["INVEST"] });
    const b = await matching.person({ skills: [one, "SQL"], intents: ["RAISE_FUNDS"] });
    const scoreOf = async (viewer: string, other: string) =>
      (await the.list(viewer)).find(({ user }) => user.id === other)?.score;
    expect(await scoreOf(a, b)).toBeGreaterThan(0.2);
    expect(await scoreOf(a, b)).toBeCloseTo((await scoreOf(b, a)) ?? 0, 10);
  });

  test("does not reveal an event at which one of the two hides", async () => {
    const [viewer, seen, hidden] = await Promise.all([1, 2, 3].map(() => matching.person()));
    const [eventId, secret] = [newId(), newId()];
    const register = (event: string, personId: string, isHidden = false) =>
      matching.tell((tx) =>
        applyRegistration(tx, {
          ...newRegistration(),
          eventId: event,
          personId,
          status: "CONFIRMED",
          isHidden,
        }),
      );
    for (const id of [eventId, secret]) {
      const fact = { eventId: id, version: 1, status: "PUBLISHED", startsAt: inMinutes(1) };
      await matching.tell((tx) => applyEvent(tx, fact));
    }
    await register(eventId, viewer ?? "");
    await register(eventId, seen ?? "");
    await register(eventId, hidden ?? "", true);
    await register(secret, viewer ?? "", true);
    await register(secret, seen ?? "");
    await register(secret, hidden ?? "");
    const list = await the.list(viewer ?? "");
    expect(list.map(({ user, sharedEvents }) => [user.id, sharedEvents])).toEqual([
      [seen, [{ id: eventId }]],
    ]);
    expect((await the.list(hidden ?? "")).map(({ user }) => user.id)).toEqual([seen]);
  });

  test("has people of a shared public event, and shows it while both are registered", async () => {
    const [viewer, other, waiting] = [
      await matching.person(),
      await matching.person(),
      await matching.person(),
    ];
    const events = Array.from({ length: 7 }, newId);
    const draft = newId();
    const register = (eventId: string, personId: string, status = "CONFIRMED") =>
      matching.tell((tx) =>
        applyRegistration(tx, { ...newRegistration(), eventId, personId, status }),
      );
    for (const [at, eventId] of [...events, draft].entries()) {
      const status = eventId === draft ? "DRAFT" : "PUBLISHED";
      const fact = { eventId, version: 1, status, startsAt: inMinutes(at) };
      // Events arrive in any order: a registration may come before its event.
      await register(eventId, viewer);
      await register(eventId, other);
      await register(eventId, waiting, "WAITLISTED");
      await matching.tell((tx) => applyEvent(tx, fact));
    }
    const list = await the.list(viewer);
    expect(list.map(({ user }) => user.id)).toEqual([other]);
    expect(list[0]?.reasons).toMatchObject([
      { kind: "SHARED_EVENTS", description: "You are both registered for 7 events.", facts: [] },
    ]);
    const latest = [...events].reverse().slice(0, 5);
    expect(list[0]?.sharedEvents.map(({ id }) => id)).toEqual(latest);
    await matching.sql("update registration set status = 'CANCELLED' where person_id = $1", [
      other,
    ]);
    expect((await the.list(viewer))[0]?.sharedEvents).toEqual([]);
  });

  test("is empty for a person whom matching does not know yet", async () => {
    expect(await the.suggestedTo(newId())).toEqual([]);
    expect((await the.refusedPage(null)).code).toBe("UNAUTHENTICATED");
  });

  test("is computed once for requests at the same time, and again when it aged or the profile changed", async () => {
    const { viewer, skill } = await the.crowd(3);
    const lists = await Promise.all(Array.from({ length: 8 }, () => the.list(viewer)));
    expect(new Set(lists.map((list) => JSON.stringify(list))).size).toBe(1);
    const newcomer = await matching.person({ skills: [skill] });
    expect(await the.suggestedTo(viewer)).not.toContain(newcomer);
    expect(await the.suggestedTo(viewer, inMinutes(11))).toContain(newcomer);
    const another = await matching.person({ skills: [skill] });
    const profile = { ...emptyProfile(viewer), version: 2, skills: [skill] };
    await matching.tell((tx) => applyProfile(tx, profile));
    expect(await the.suggestedTo(viewer, inMinutes(12))).toContain(another);
    const [count] = await matching.sql<{ runs: number }>(
      "select count(*)::int as runs from match_run where person_id = $1",
      [viewer],
    );
    expect(count?.runs).toBe(3);
  });

  test("from equal facts has the same people, order and scores", async () => {
    const { viewer } = await the.crowd(20);
    const strip = (list: readonly Suggestion[]) => list.map(({ id: _, ...rest }) => rest);
    expect(strip(await the.list(viewer, inMinutes(11)))).toEqual(strip(await the.list(viewer)));
  });
});

describe("never suggested are", () => {
  test("the viewer, and people blocked in either direction, also in an older list", async () => {
    const { viewer, others } = await the.crowd(6);
    const [blocked = "", blocker = ""] = others;
    expect(await the.suggestedTo(viewer)).toHaveLength(6);
    const [toBlocked] = (await the.list(viewer)).filter(({ user }) => user.id === blocked);
    await the.block(viewer, blocked);
    await the.block(blocker, viewer);
    const rest = others.slice(2).sort();
    expect([...(await the.suggestedTo(viewer))].sort()).toEqual(rest);
    expect(await the.suggestedTo(blocked)).not.toContain(viewer);
    expect(await the.suggestedTo(blocker)).not.toContain(viewer);
    expect([...(await the.suggestedTo(viewer, inMinutes(11)))].sort()).toEqual(rest);
    const entity = await the.entity(viewer, "MatchSuggestion", toBlocked?.id, "score");
    expect(entity).toBeNull();
    await the.block(viewer, blocked, false);
    expect(await the.suggestedTo(viewer, inMinutes(22))).toContain(blocked);
  });

  test("the suggestions of others: a reference resolves only for its owner", async () => {
    const { viewer, others } = await the.crowd(2);
    const [suggestion] = await the.list(viewer);
    const entity = (who: string | null) =>
      the.entity(who, "MatchSuggestion", suggestion?.id, "user { id }");
    expect(await entity(viewer)).toEqual({ user: { id: suggestion?.user.id } });
    for (const who of [others[0] ?? "", others[1] ?? "", null])
      expect(await entity(who)).toBeNull();
  });
});

function newRegistration() {
  return { registrationId: newId(), version: 1, isHidden: false };
}
