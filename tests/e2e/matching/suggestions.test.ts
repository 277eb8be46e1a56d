// Suggestions on the real database: whom they name, in which order and why; pages that hold still
// while everything changes; and who is never among them.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../../kit/id.ts";
import { applyEvent, applyRegistration } from "../../../subgraphs/matching/gatherings/apply.ts";
import { applyBlock, applyProfile } from "../../../subgraphs/matching/people/apply.ts";
import { emptyProfile, type Matching, openMatching } from "./harness.ts";

let matching: Matching;
beforeAll(async () => {
  matching = await openMatching();
});
afterAll(() => matching?.close());

const PAGE = `query($first: Int, $after: String) { matchSuggestions(first: $first, after: $after) {
  edges { cursor node { id score user { id } reasons { kind description contribution }
    sharedEvents { id } } }
  pageInfo { hasNextPage endCursor } } }`;

interface Suggestion {
  readonly id: string;
  readonly score: number;
  readonly user: { readonly id: string };
  readonly reasons: readonly { kind: string; description: string; contribution: number }[];
  readonly sharedEvents: readonly { id: string }[];
}
interface Paged {
  readonly matchSuggestions: {
    readonly edges: readonly { readonly cursor: string; readonly node: Suggestion }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

async function page(personId: string, variables: object = {}, now?: Date) {
  const { data, errors } = await matching.ask<Paged>(personId, PAGE, variables, now);
  expect(errors).toBeUndefined();
  if (!data) throw new Error("no data");
  return data.matchSuggestions;
}

const all = async (personId: string, now?: Date) =>
  (await page(personId, { first: 100 }, now)).edges.map(({ node }) => node);
const suggestedTo = async (personId: string, now?: Date) =>
  (await all(personId, now)).map(({ user }) => user.id);

/** A skill that nobody else has, so that people of other tests stay out. */
const aSkill = () => `skill ${newId()}`;
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000);
let version = 1;
const block = (blockerId: string, blockedId: string, isBlocked = true) => {
  version += 1;
  const fact = { blockerId, blockedId, isBlocked, version };
  return matching.tell((tx) => applyBlock(tx, fact));
};

/** A viewer and as many others of one skill. */
async function crowd(size: number) {
  const skill = aSkill();
  const viewer = await matching.person({ skills: [skill] });
  const others = await Promise.all(
    Array.from({ length: size }, () => matching.person({ skills: [skill] })),
  );
  return { skill, viewer, others };
}

describe("a list", () => {
  test("names people by what they share under any name, rarest first, with reasons that sum", async () => {
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
    const list = await all(viewer);
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
    for (const { score, reasons } of list) {
      expect(reasons.reduce((sum, each) => sum + each.contribution, 0)).toBeCloseTo(score, 10);
    }
  });

  test("gives a pair the same score from either side", async () => {
    const [one, two] = [aSkill(), aSkill()];
    const a = await matching.person({ skills: [one, two, "Go"], intents: ["INVEST"] });
    const b = await matching.person({ skills: [one, "SQL"], intents: ["RAISE_FUNDS"] });
    const scoreOf = async (viewer: string, other: string) =>
      (await all(viewer)).find(({ user }) => user.id === other)?.score;
    expect(await scoreOf(a, b)).toBeGreaterThan(0.2);
    expect(await scoreOf(a, b)).toBeCloseTo((await scoreOf(b, a)) ?? 0, 10);
  });

  test("names people of a shared public event, and shows it while both have a place", async () => {
    const [viewer, other, waiting] = [
      await matching.person(),
      await matching.person(),
      await matching.person(),
    ];
    const events = Array.from({ length: 7 }, newId);
    const draft = newId();
    const register = (eventId: string, personId: string, status = "CONFIRMED") =>
      matching.tell((tx) =>
        applyRegistration(tx, { registrationId: newId(), version: 1, eventId, personId, status }),
      );
    for (const [at, eventId] of [...events, draft].entries()) {
      const status = eventId === draft ? "DRAFT" : "PUBLISHED";
      const fact = { eventId, version: 1, status, startsAt: inMinutes(at) };
      // Facts arrive in any order: registrations before their event, too.
      await register(eventId, viewer);
      await register(eventId, other);
      await register(eventId, waiting, "WAITLISTED");
      await matching.tell((tx) => applyEvent(tx, fact));
    }
    const list = await all(viewer);
    expect(list.map(({ user }) => user.id)).toEqual([other]);
    expect(list[0]?.reasons).toMatchObject([
      { kind: "SHARED_EVENTS", description: "You are both registered for 7 events." },
    ]);
    const latest = [...events].reverse().slice(0, 5);
    expect(list[0]?.sharedEvents.map(({ id }) => id)).toEqual(latest);
    await matching.sql("update registration set status = 'CANCELLED' where person_id = $1", [
      other,
    ]);
    expect((await all(viewer))[0]?.sharedEvents).toEqual([]);
  });

  test("is empty for who is not known yet, and refused to nobody", async () => {
    expect(await suggestedTo(newId())).toEqual([]);
    const { errors } = await matching.ask(null, PAGE);
    expect(errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
  });

  test("is made once for all who ask at once, anew when it aged or the profile changed", async () => {
    const { viewer, skill } = await crowd(3);
    const lists = await Promise.all(Array.from({ length: 8 }, () => all(viewer)));
    expect(new Set(lists.map((list) => JSON.stringify(list))).size).toBe(1);
    const newcomer = await matching.person({ skills: [skill] });
    expect(await suggestedTo(viewer)).not.toContain(newcomer);
    expect(await suggestedTo(viewer, inMinutes(11))).toContain(newcomer);
    const another = await matching.person({ skills: [skill] });
    const profile = { ...emptyProfile(viewer), version: 2, skills: [skill] };
    await matching.tell((tx) => applyProfile(tx, profile));
    expect(await suggestedTo(viewer, inMinutes(12))).toContain(another);
    const [count] = await matching.sql<{ runs: number }>(
      "select count(*)::int as runs from match_run where person_id = $1",
      [viewer],
    );
    expect(count?.runs).toBe(3);
  });

  test("of equal facts is equal: same people, same order, same scores", async () => {
    const { viewer } = await crowd(20);
    const strip = (list: readonly Suggestion[]) => list.map(({ id: _, ...rest }) => rest);
    expect(strip(await all(viewer, inMinutes(11)))).toEqual(strip(await all(viewer)));
  });
});

describe("pages", () => {
  test("hold still: whatever sizes, they are the list without skips or repeats, while people come", async () => {
    const { viewer, skill } = await crowd(23);
    const whole = await suggestedTo(viewer);
    expect(whole).toHaveLength(23);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
        async (sizes) => {
          const seen: string[] = [];
          let after: string | null = null;
          for (let at = 0; ; at += 1) {
            const { edges, pageInfo } = await page(viewer, {
              first: sizes[at % sizes.length],
              after,
            });
            seen.push(...edges.map(({ node }) => node.user.id));
            if (!pageInfo.hasNextPage) break;
            after = pageInfo.endCursor;
            await matching.person({ skills: [skill], intents: ["MENTOR"] });
            // A new first page of a changed list must not disturb the pages of the one before.
            await page(viewer, { first: 1 }, inMinutes(11 * (at + 1)));
          }
          expect(seen).toEqual(whole);
        },
      ),
      { numRuns: 1 },
    );
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 30 }), async (first) => {
        const seen: string[] = [];
        let next = await page(viewer, { first });
        for (;;) {
          seen.push(...next.edges.map(({ node }) => node.user.id));
          if (!next.pageInfo.hasNextPage) break;
          next = await page(viewer, { first, after: next.pageInfo.endCursor });
        }
        expect(seen).toEqual(await suggestedTo(viewer));
        expect(new Set(seen).size).toBe(seen.length);
      }),
      { numRuns: 8 },
    );
  });

  test("of a list that is no longer kept, or of another's, want a new first page", async () => {
    const { viewer, others } = await crowd(3);
    const { pageInfo } = await page(viewer, { first: 1 });
    const refused = async (personId: string, after: unknown) => {
      const { errors } = await matching.ask(personId, PAGE, { after });
      return errors?.[0]?.extensions.code;
    };
    const [other = ""] = others;
    expect(await refused(other, pageInfo.endCursor)).toBe("RESYNC_REQUIRED");
    await page(viewer, {}, inMinutes(60 * 25));
    expect(await refused(viewer, pageInfo.endCursor)).toBe("RESYNC_REQUIRED");
    expect(await refused(viewer, "nonsense")).toBe("BAD_USER_INPUT");
  });
});

describe("never suggested are", () => {
  test("oneself, and who is blocked in either direction, also in a list made before", async () => {
    const { viewer, others } = await crowd(6);
    const [blocked = "", blocker = ""] = others;
    expect(await suggestedTo(viewer)).toHaveLength(6);
    const [toBlocked] = (await all(viewer)).filter(({ user }) => user.id === blocked);
    await block(viewer, blocked);
    await block(blocker, viewer);
    const rest = others.slice(2).sort();
    expect([...(await suggestedTo(viewer))].sort()).toEqual(rest);
    expect(await suggestedTo(blocked)).not.toContain(viewer);
    expect(await suggestedTo(blocker)).not.toContain(viewer);
    expect([...(await suggestedTo(viewer, inMinutes(11)))].sort()).toEqual(rest);
    const reference = `query($of: [_Any!]!) { _entities(representations: $of) {
      ... on MatchSuggestion { score } } }`;
    const of = [{ __typename: "MatchSuggestion", id: toBlocked?.id }];
    expect((await matching.ask(viewer, reference, { of })).data).toEqual({ _entities: [null] });
    await block(viewer, blocked, false);
    expect(await suggestedTo(viewer, inMinutes(22))).toContain(blocked);
  });

  test("the suggestions of others: a reference to one is nobody's but its owner's", async () => {
    const { viewer, others } = await crowd(2);
    const [suggestion] = await all(viewer);
    const reference = `query($of: [_Any!]!) { _entities(representations: $of) {
      ... on MatchSuggestion { user { id } } } }`;
    const of = [{ __typename: "MatchSuggestion", id: suggestion?.id }];
    const entity = async (who: string | null) =>
      (await matching.ask<{ _entities: unknown[] }>(who, reference, { of })).data?._entities[0];
    expect(await entity(viewer)).toEqual({ user: { id: suggestion?.user.id } });
    for (const who of [others[0] ?? "", others[1] ?? "", null])
      expect(await entity(who)).toBeNull();
  });
});

describe("statements", () => {
  test("are as many for 40 people as for one: 10 for a new list, 3 for a kept one", async () => {
    const { viewer } = await crowd(40);
    const sent = async (first: number, now?: Date) => {
      matching.statements();
      await page(viewer, { first }, now);
      return matching.statements();
    };
    expect(await sent(100)).toHaveLength(10);
    expect(await sent(1, inMinutes(11))).toHaveLength(10);
    expect(await sent(100, inMinutes(12))).toHaveLength(3);
    expect(await sent(1, inMinutes(12))).toHaveLength(3);
  });
});
