// Matching's projections converge to the owners' state on the real database, after duplicates,
// reordering, and losses followed by a snapshot.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { applyEvent, applyRegistration } from "../../../subgraphs/matching/events/apply.ts";
import { applyBlock, applyProfile } from "../../../subgraphs/matching/people/apply.ts";
import { topicsOf } from "../../../subgraphs/matching/topics.ts";
import { type Matching, openMatching } from "./harness.ts";

let matching: Matching;
beforeAll(async () => {
  matching = await openMatching();
});
afterAll(() => matching?.close());

/** The people, events and registrations of a run, with new ids, so that runs are independent. */
interface Cast {
  readonly people: readonly string[];
  readonly events: readonly string[];
  readonly registrations: readonly string[];
}
const aCast = (): Cast => {
  const ids = (count: number) => Array.from({ length: count }, newId);
  return { people: ids(3), events: ids(2), registrations: ids(3) };
};

const index = fc.nat(2);
const WORDINGS = ["js", "JavaScript", "k8s", "Kubernetes", "Go", "golang", "Café", "cafe", "Knots"];
const wordings = fc.subarray(WORDINGS);
const change = fc.oneof(
  fc.record({
    kind: fc.constant("profile" as const),
    who: index,
    skills: wordings,
    interests: wordings,
    intents: fc.subarray(["HIRE", "MENTOR", "NETWORKING"]),
    languages: fc.subarray(["en", "en-GB", "pt-BR"]),
    location: fc.constantFrom(null, "Berlin, Germany", "berlin,GERMANY"),
  }),
  fc.record({ kind: fc.constant("block" as const), who: index, isBlocked: fc.boolean() }),
  fc.record({
    kind: fc.constant("event" as const),
    which: fc.nat(1),
    status: fc.constantFrom("DRAFT", "PUBLISHED", "CANCELLED"),
  }),
  fc.record({
    kind: fc.constant("registration" as const),
    who: index,
    which: fc.nat(1),
    status: fc.constantFrom("CONFIRMED", "WAITLISTED", "CANCELLED"),
  }),
);
type Change = typeof change extends fc.Arbitrary<infer C> ? C : never;
/** A change with its owner's version, which is its index in the history. */
type Fact = Change & { readonly version: number };

const keyOf = (fact: Change) =>
  `${fact.kind} ${"who" in fact ? fact.who : ""} ${fact.kind === "event" ? fact.which : ""}`;

async function apply(cast: Cast, fact: Fact): Promise<boolean> {
  const { version } = fact;
  const at = (ids: readonly string[], place: number) => ids[place] ?? "";
  return matching.tell((tx) => {
    switch (fact.kind) {
      case "profile":
        return applyProfile(tx, { ...fact, personId: at(cast.people, fact.who) });
      case "block": {
        const [blockerId, blockedId] = [fact.who, (fact.who + 1) % 3].map((who) =>
          at(cast.people, who),
        ) as [string, string];
        return applyBlock(tx, { blockerId, blockedId, isBlocked: fact.isBlocked, version });
      }
      case "event": {
        const startsAt = new Date(Date.UTC(2026, 4, 1 + version));
        return applyEvent(tx, { ...fact, eventId: at(cast.events, fact.which), startsAt });
      }
      case "registration":
        return applyRegistration(tx, {
          ...fact,
          isHidden: false,
          registrationId: at(cast.registrations, fact.who),
          personId: at(cast.people, fact.who),
          eventId: at(cast.events, fact.which),
        });
    }
  });
}

/** All stored rows about a cast, with indices in place of ids. */
async function stateOf({ people, events, registrations }: Cast) {
  const rows = await matching.sql<{ of: string; row: unknown }>(
    `select 'person' as of, to_jsonb(t) as row from person t where id = any($1)
     union all select 'topic', to_jsonb(t) from person_topic t where person_id = any($1)
     union all select 'block', to_jsonb(t) from block t where blocker_id = any($1)
     union all select 'event', to_jsonb(t) from event t where id = any($2)
     union all select 'registration', to_jsonb(t) from registration t where id = any($3)`,
    [people, events, registrations],
  );
  let text = JSON.stringify(rows.map(({ of, row }) => `${of} ${JSON.stringify(row)}`).sort());
  for (const [at, id] of [...people, ...events, ...registrations].entries()) {
    text = text.replaceAll(id, `#${at}`);
  }
  return (JSON.parse(text) as string[]).sort();
}

/** Topics whose count differs from a recount. */
const miscounted = () =>
  matching.sql(
    `select kind, topic, coalesce(u.people, 0) as said, count(t.person_id) as counted
     from topic_use u full join person_topic t using (kind, topic)
     group by kind, topic, u.people having coalesce(u.people, 0) <> count(t.person_id)`,
  );

const histories = fc
  .array(change, { minLength: 1, maxLength: 12 })
  .map((changes) => changes.map((each, at): Fact => ({ ...each, version: at + 1 })));

/** The newest fact of each thing, as in a snapshot of the owners. */
const snapshotOf = (history: readonly Fact[]) => [
  ...new Map(history.map((fact) => [keyOf(fact), fact])).values(),
];

const mishaps = histories.chain((history) =>
  fc.record({
    history: fc.constant(history),
    /** The facts that arrive, in any order, some repeatedly, some never. */
    arrived: fc.array(fc.constantFrom(...history), { maxLength: 20 }),
  }),
);

describe("the stored state equals the owners' state", () => {
  test("after a snapshot, whatever events arrived twice, late or never", async () => {
    await fc.assert(
      fc.asyncProperty(mishaps, async ({ history, arrived }) => {
        const [inOrder, byAccident] = [aCast(), aCast()];
        for (const fact of history) await apply(inOrder, fact);
        for (const fact of arrived) await apply(byAccident, fact);
        for (const fact of snapshotOf(history)) await apply(byAccident, fact);
        expect(await stateOf(byAccident)).toEqual(await stateOf(inOrder));
        expect(await miscounted()).toEqual([]);
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  test("when several consumers apply events at once", async () => {
    const [inOrder, atOnce] = [aCast(), aCast()];
    const [history = []] = fc.sample(histories, { numRuns: 1, seed: 7 });
    const facts = history.length > 0 ? history : [];
    for (const fact of facts) await apply(inOrder, fact);
    await Promise.all([...facts, ...facts].reverse().map((fact) => apply(atOnce, fact)));
    expect(await stateOf(atOnce)).toEqual(await stateOf(inOrder));
    expect(await miscounted()).toEqual([]);
  });

  test("but not when versions are ignored: then the last one to arrive wins", async () => {
    const person = await matching.person({ skills: ["Knots"], version: 2 });
    const older = { skills: ["Sails"], interests: [], intents: [], languages: [], location: null };
    const skills = async () =>
      (
        await matching.sql<{ topic: string }>(
          "select topic from person_topic where person_id = $1",
          [person],
        )
      ).map(({ topic }) => topic);
    const late = (version: number) =>
      matching.tell((tx) => applyProfile(tx, { ...older, personId: person, version }));
    expect(await late(1)).toBe(false);
    expect(await late(2)).toBe(false);
    expect(await skills()).toEqual(["knots"]);
    await matching.sql("update person set version = 0 where id = $1", [person]);
    expect(await late(1)).toBe(true);
    expect(await skills()).toEqual(["sails"]);
  });
});

test("a person's own words are stored beside their canonical form", async () => {
  const skills = ["k8s", "Fly fishing", "Kubernetes", "GoLang"];
  const person = await matching.person({ skills });
  const rows = await matching.sql(
    `select topic as key, wording from person_topic where person_id = $1 order by topic collate "C"`,
    [person],
  );
  expect(rows).toEqual(topicsOf(skills).sort((a, b) => (a.key < b.key ? -1 : 1)));
  const [stored] = await matching.sql("select skills from person where id = $1", [person]);
  expect(stored).toEqual({ skills });
});
