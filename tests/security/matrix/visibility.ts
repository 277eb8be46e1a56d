// The rules of visibility as SQL on the databases, without the product's code. Walks through the
// graph compare their answers with them.
import { expect } from "vitest";
import { withDatabase } from "../../kit/database.ts";

interface Sight {
  readonly subgraph: string;
  /** SQL: those of the things `$1` that person `$2` may know. */
  readonly seen: string;
}

/** Every type with an id that queries give. */
export const SIGHT: Readonly<Record<string, Sight>> = {
  User: {
    subgraph: "users",
    seen: "select id from person where id = any($1) and $2::uuid is not null",
  },
  Session: {
    subgraph: "users",
    seen: "select id from session where id = any($1) and user_id = $2",
  },
  AvatarUpload: {
    subgraph: "users",
    seen: "select id from file where id = any($1) and owner_id = $2",
  },
  Notification: {
    subgraph: "users",
    seen: "select id from notification where id = any($1) and person_id = $2",
  },
  PushSubscription: {
    subgraph: "users",
    seen: "select id from push_subscription where id = any($1) and person_id = $2",
  },
  Event: {
    subgraph: "events",
    seen: `select id from event where id = any($1) and (status <> 'DRAFT' or organizer_id = $2
      or exists (select from event_host where event_id = event.id and person_id = $2))`,
  },
  CoverUpload: {
    subgraph: "events",
    seen: `select file.id from file join event on event.id = subject_id
      where file.id = any($1) and (organizer_id = $2 or exists (
        select from event_host where event_id = event.id and person_id = $2
          and 'EDIT' = any(rights)))`,
  },
  ConversationPictureUpload: {
    subgraph: "messaging",
    seen: `select file.id from file join member on member.conversation_id = subject_id
      where file.id = any($1) and user_id = $2 and role in ('OWNER', 'ADMIN')`,
  },
  Question: {
    subgraph: "events",
    seen: `select question.id from question join event on event.id = event_id
      where question.id = any($1) and (status <> 'DRAFT' or organizer_id = $2
        or exists (select from event_host where event_id = event.id and person_id = $2))`,
  },
  // Every type of these tests is open.
  TicketType: {
    subgraph: "events",
    seen: `select ticket_type.id from ticket_type join event on event.id = event_id
      where ticket_type.id = any($1) and (status <> 'DRAFT' or organizer_id = $2
        or exists (select from event_host where event_id = event.id and person_id = $2))`,
  },
  Registration: {
    subgraph: "events",
    seen: `select registration.id from registration join event on event.id = event_id
      where registration.id = any($1) and ($2 in (attendee_id, organizer_id)
        or exists (select from event_host where event_id = event.id and person_id = $2
          and ('SEE_PEOPLE' = any(rights) or 'CHECK_IN' = any(rights)
            and exists (select from check_in where registration_id = registration.id))))`,
  },
  CheckIn: {
    subgraph: "events",
    seen: `select check_in.id from check_in join event on event.id = event_id
      where check_in.id = any($1) and (organizer_id = $2
        or exists (select from event_host where event_id = event.id and person_id = $2
          and 'CHECK_IN' = any(rights)))`,
  },
  WalkIn: {
    subgraph: "events",
    seen: `select walk_in.id from walk_in join event on event.id = event_id
      where walk_in.id = any($1) and (organizer_id = $2
        or exists (select from event_host where event_id = event.id and person_id = $2
          and 'CHECK_IN' = any(rights)))`,
  },
  Match: {
    subgraph: "matching",
    seen: "select id from match where id = any($1) and $2 in (first_id, second_id)",
  },
  MatchSuggestion: {
    subgraph: "matching",
    seen: "select id from suggestion where id = any($1) and person_id = $2",
  },
  Conversation: {
    subgraph: "messaging",
    seen: `select conversation_id as id from member where conversation_id = any($1) and user_id = $2`,
  },
  Invite: {
    subgraph: "messaging",
    seen: `select invite.id from invite join conversation on conversation.id = conversation_id
      join member using (conversation_id) where invite.id = any($1) and user_id = $2
        and (role in ('OWNER', 'ADMIN') or role = 'MEMBER' and adding = 'EVERYONE')`,
  },
  Message: {
    subgraph: "messaging",
    seen: `select message.id from message join member using (conversation_id)
      where message.id = any($1) and user_id = $2
        and message.seq >= visible_from_seq and message.seq > cleared_seq`,
  },
  Attachment: {
    subgraph: "messaging",
    seen: `select file.id from file where file.id = any($1) and purpose = 'attachments'
      and (owner_id = $2 or exists (select from attachment
        join message on message.id = message_id join member using (conversation_id)
        where file_id = file.id and user_id = $2
          and message.seq >= visible_from_seq and message.seq > cleared_seq))`,
  },
};

/** Types with an id that only results of mutations have. A walk that meets one finds no rule. */
export const OF_RESULTS: readonly string[] = ["UploadTicket"];

/** Types with an id that are nobody's: the SDL lets admins or moderators read them alone. */
export const FOR_ADMINS: readonly string[] = ["Erasure", "FailedJob", "NameReview"];

/** Parts of the names of types and fields for admins or moderators alone, in lower case. */
export const FOR_MODERATORS: readonly string[] = ["erasure", "failedjob", "namereview", "suspen"];

/** Fields that only the person themselves may read. */
export const OWN: readonly string[] = [
  "email",
  "registrations",
  "blockedUsers",
  "roles",
  "sessions",
];

export interface Thing {
  readonly __typename: string;
  readonly id: string;
  readonly [field: string]: unknown;
}

/** Every object with an id anywhere in an answer. */
export function thingsIn(answer: unknown): Thing[] {
  if (typeof answer !== "object" || answer === null) return [];
  const inside = Object.values(answer).flatMap(thingsIn);
  return isThing(answer) ? [answer, ...inside] : inside;
}

function isThing(value: object): value is Thing {
  return "id" in value && "__typename" in value;
}

/** The things that a person received and may not know, as `Type id` or `User.field of id`. */
export async function trespasses(
  things: readonly Thing[],
  personId: string | null,
): Promise<string[]> {
  const types = [...new Set(things.map(({ __typename }) => __typename))];
  const hidden = await Promise.all(
    types.map(async (type) => {
      const ids = [...new Set(things.filter((each) => each.__typename === type).map(idOf))];
      const seen = await seenOf(type, ids, personId);
      return ids.filter((id) => !seen.has(id)).map((id) => `${type} ${id}`);
    }),
  );
  const people = things.filter((each) => each.__typename === "User" && each.id !== personId);
  const visible = people.flatMap((person) =>
    OWN.filter((field) => !isEmpty(person[field])).map((field) => `User.${field} of ${person.id}`),
  );
  return [...hidden.flat(), ...visible];
}

const idOf = ({ id }: Thing) => id;

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

async function seenOf(type: string, ids: readonly string[], personId: string | null) {
  const sight = SIGHT[type];
  expect(sight, `say in SIGHT who may know of a ${type}`).toBeDefined();
  if (!sight) return new Set<string>();
  return withDatabase(sight.subgraph, async (client) => {
    const { rows } = await client.query<{ id: string }>(sight.seen, [ids, personId]);
    return new Set(rows.map(({ id }) => id));
  });
}
