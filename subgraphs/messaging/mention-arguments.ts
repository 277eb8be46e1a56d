// Mentions in the arguments of sends and edits, and the answers to those that are refused.
import type { GraphQLError } from "graphql";
import { badInput } from "#kit/errors";
import { personIdsOf } from "./arguments.ts";
import type { MentionRefusal, MentionWish } from "./mentioning.ts";

/** Those of an input, with canonical ids. */
export function mentionsFrom({ mentions, isMentioningAll }: MentionWish): MentionWish {
  if (!mentions) return { mentions: null, isMentioningAll: isMentioningAll ?? null };
  const given = mentions.map(({ userId }) => userId);
  const ids = personIdsOf("input.mentions", given);
  return {
    mentions: mentions.map(({ start, length }, at) => ({ userId: ids[at] ?? "", start, length })),
    isMentioningAll: isMentioningAll ?? null,
  };
}

type Refusal<Kind> = Extract<MentionRefusal, { readonly kind: Kind }>;

/** `BAD_USER_INPUT` for a mention that is no part of the text. */
export function malformedMention({ fault }: Refusal<"badMention">): GraphQLError {
  const { at, field, message, received } = fault;
  return badInput([{ field: `input.mentions[${at}].${field}`, message, received }]);
}

export function notMembers({ userIds }: Refusal<"mentionNotMember">) {
  return {
    __typename: "MentionNotMemberProblem",
    reason: "Only members of the conversation can be mentioned.",
    userIds,
  } as const;
}
