// Reads the topics that many people have.
import type { Database } from "../database.ts";
import type { TopicKind } from "../generated/prisma/enums.ts";
import type { Topic } from "../topics.ts";

/** A word of fewer people is theirs, and not suggested to others. */
const PEOPLE_MIN = 3;
/** So many people of a topic choose its wording. */
const WORDINGS_MAX = 100;

/**
 * The commonest topics of a kind, with their commonest wordings: all, or those that have a word
 * with this beginning or are in `known`. `beginning` is folded.
 */
export async function listCommonTopics(
  database: Database,
  kind: TopicKind,
  search: { readonly beginning: string; readonly known: readonly string[] } | null,
  limit: number,
): Promise<Topic[]> {
  return database.$queryRaw<Topic[]>`/* matching.topics.common */
    select used.topic as key, worded.wording from (
      select topic, people from topic_use
      where kind = ${kind}::topic_kind and people >= ${PEOPLE_MIN}::int
        and (${search === null}
          or strpos(' ' || topic, ' ' || ${search?.beginning ?? ""}::text) > 0
          or topic = any(${search?.known ?? []}::text[]))
      order by people desc, topic limit ${limit}::int
    ) as used cross join lateral (
      select wording from (
        select wording from person_topic
        where kind = ${kind}::topic_kind and topic = used.topic limit ${WORDINGS_MAX}::int
      ) as sampled group by wording order by count(*) desc, wording limit 1
    ) as worded
    order by used.people desc, used.topic`;
}
