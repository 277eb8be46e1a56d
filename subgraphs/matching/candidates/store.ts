// Finds the candidates for a person's list, by shared topics, shared events and matching intents,
// and reads the data to score them. Two statements for any number. A topic weighs
// 1 / ln(1 + people who have it), so rare topics weigh more (Adamic and Adar, 2003).
import { z } from "zod";
import type { Transaction } from "../database.ts";
import { Prisma } from "../generated/prisma/client.ts";

const topicShape = z.object({
  kind: z.enum(["SKILL", "INTEREST"]),
  topic: z.string(),
  wording: z.string(),
  weight: z.number(),
});

/** A topic with its weight, in the wording of the person who seeks. */
export type WeighedTopic = z.infer<typeof topicShape>;

interface Person {
  readonly id: string;
  readonly intents: readonly string[];
  /** Languages without regions. */
  readonly languages: readonly string[];
  readonly place: string | null;
  /** The sums of the weights of all their skills, and of all their interests. */
  readonly skillWeight: number;
  readonly interestWeight: number;
}

export interface Seeker extends Person {
  readonly location: string | null;
}

export interface Candidate extends Person {
  /** The topics that both have, heaviest first, in the seeker's wording. */
  readonly shared: readonly WeighedTopic[];
  /** The number of public events at which both have seats, and neither hides. */
  readonly events: number;
}

/** The most candidates that are scored. */
const CANDIDATES_MAX = 500;
/** The most people from one topic, event or intent: a common one says little about a person. */
const POSTINGS_MAX = 1_000;
const EVENT_STRENGTH = 1;
const INTENT_STRENGTH = 1;

const WEIGHT = Prisma.sql`1 / ln(1 + greatest(u.people, 1)::float8)`;
/** Only the person knows that they are on a waitlist, or hide among the attendees. */
const seenAt = (alias: "o" | "r") => {
  const registration = Prisma.raw(alias);
  return Prisma.sql`${registration}.status in ('CONFIRMED', 'CHECKED_IN')
    and not ${registration}.is_hidden`;
};
const WEIGHTS = Prisma.sql`
  coalesce(sum(${WEIGHT}) filter (where t.kind = 'SKILL'), 0) as skill_weight,
  coalesce(sum(${WEIGHT}) filter (where t.kind = 'INTEREST'), 0) as interest_weight`;

/** The person who seeks; null when their profile is not known. */
export async function findSeeker(tx: Transaction, personId: string): Promise<Seeker | null> {
  const [row] = await tx.$queryRaw<Seeker[]>`/* matching.seeker.find */
    select p.id, p.intents, p.languages, p.place, p.location,
      weights.skill_weight as "skillWeight", weights.interest_weight as "interestWeight"
    from person p cross join lateral (
      select ${WEIGHTS} from person_topic t join topic_use u using (kind, topic)
      where t.person_id = p.id
    ) as weights
    where p.id = ${personId}::uuid`;
  return row ?? null;
}

/**
 * Up to 500 people with the strongest signals: rare shared topics, a shared event, an intent in
 * `wanted`. Leaves out the person, people who are not active, blocked pairs, matches, and people
 * whom the person has answered, while that answer holds. Answers of others to the person do not
 * matter.
 */
export async function findCandidates(
  tx: Transaction,
  personId: string,
  wanted: readonly string[],
  now: Date,
): Promise<Candidate[]> {
  const rows = await tx.$queryRaw<Candidate[]>`/* matching.candidates.find */
    with mine as materialized (
      select t.kind, t.topic, t.wording, ${WEIGHT} as weight
      from person_topic t join topic_use u using (kind, topic) where t.person_id = ${personId}::uuid
    ), own_event as materialized (
      select distinct e.id from registration r join event e on e.id = r.event_id
      where r.person_id = ${personId}::uuid and ${seenAt("r")} and e.status = 'PUBLISHED'
    ), chosen as materialized (
      select signal.id from (${signals(personId, wanted)}) as signal
      join person on person.id = signal.id
      where ${mayBeSuggested(personId, now)}
      group by signal.id order by sum(strength) desc, signal.id limit ${CANDIDATES_MAX}::int
    ), topics as (
      select t.person_id, ${WEIGHTS}, jsonb_agg(
        jsonb_build_object('kind', m.kind, 'topic', m.topic, 'wording', m.wording, 'weight', m.weight)
        order by m.weight desc, m.topic) filter (where m.topic is not null) as shared
      from chosen join person_topic t on t.person_id = chosen.id
        join topic_use u using (kind, topic) left join mine m using (kind, topic)
      group by t.person_id
    ), common as (
      select r.person_id, count(distinct r.event_id)::int as events
      from chosen join registration r on r.person_id = chosen.id and ${seenAt("r")}
        join own_event on own_event.id = r.event_id
      group by r.person_id
    )
    select p.id, p.intents, p.languages, p.place, coalesce(shared, '[]') as shared,
      coalesce(skill_weight, 0) as "skillWeight", coalesce(interest_weight, 0) as "interestWeight",
      coalesce(events, 0) as events
    from chosen join person p using (id) left join topics on topics.person_id = p.id
      left join common on common.person_id = p.id
    order by p.id`;
  return rows.map((row) => ({ ...row, shared: topicShape.array().parse(row.shared) }));
}

/** People and the strength of each signal; only the newest where a signal has too many. */
function signals(personId: string, wanted: readonly string[]): Prisma.Sql {
  return Prisma.sql`
    select found.person_id as id, mine.weight as strength from mine cross join lateral (
      select o.person_id from person_topic o where o.kind = mine.kind and o.topic = mine.topic
        and o.person_id <> ${personId}::uuid
      order by o.person_id desc limit ${POSTINGS_MAX}::int
    ) as found
    union all
    select found.person_id, ${EVENT_STRENGTH}::float8 from own_event cross join lateral (
      select o.person_id from registration o where o.event_id = own_event.id
        and ${seenAt("o")} and o.person_id <> ${personId}::uuid
      order by o.id desc limit ${POSTINGS_MAX}::int
    ) as found
    union all
    (select id, ${INTENT_STRENGTH}::float8 from person
      where intents && ${wanted}::text[] and id <> ${personId}::uuid
      order by id desc limit ${POSTINGS_MAX}::int)`;
}

/** Leaves out `signal.id` for a standing, a block, the person's own answer or a match. */
function mayBeSuggested(personId: string, now: Date): Prisma.Sql {
  return Prisma.sql`
    not exists (
      select from person_standing where person_id = signal.id and standing <> 'ACTIVE')
    and not exists (
      select from block where is_blocked and (blocker_id, blocked_id)
        in ((${personId}::uuid, signal.id), (signal.id, ${personId}::uuid)))
    and not exists (
      select from answer where person_id = ${personId}::uuid and user_id = signal.id
        and (rests_until is null or rests_until > ${now}))
    and not exists (
      select from match where first_id = least(${personId}::uuid, signal.id)
        and second_id = greatest(${personId}::uuid, signal.id))`;
}
