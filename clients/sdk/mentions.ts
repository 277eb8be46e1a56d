// The people whom messages mention, and the unread ones that mention the viewer. Pure.
import type { SendMessageMutationVariables } from "./generated/operations.ts";
import type { Message } from "./messages.ts";
import type { Timeline } from "./timeline.ts";

type Input = SendMessageMutationVariables["input"];

/** A part of a text, in UTF-16 code units, that names a person. */
export type NewMention = NonNullable<Input["mentions"]>[number];

/** The people whom a text mentions that the viewer sends. */
export interface Mentioned {
  readonly mentions: readonly NewMention[];
  readonly isMentioningAll: boolean;
}

export const NOBODY: Mentioned = { mentions: [], isMentioningAll: false };

/** As the input of a mutation: empty for a text that mentions nobody. */
export function mentionInput({ mentions, isMentioningAll }: Mentioned) {
  return { ...(mentions.length > 0 && { mentions }), ...(isMentioningAll && { isMentioningAll }) };
}

/** A text that the server does not have yet, as it will be. */
export function withMentions(body: string, { mentions, isMentioningAll }: Mentioned) {
  return {
    isMentioningAll,
    mentions: mentions.map(({ userId, start, length }) => {
      const displayName = body.slice(start + 1, start + length);
      const user = { __typename: "User", id: userId, displayName } as const;
      return { __typename: "Mention", start, length, user } as const;
    }),
  };
}

/** The part of a message that says whom it mentions. */
interface Mentioning {
  readonly mentions: readonly { readonly user: { readonly id: string } | null }[];
  readonly isMentioningAll: boolean;
}

export function isMentioned({ mentions, isMentioningAll }: Mentioning, personId: string | null) {
  return isMentioningAll || mentions.some(({ user }) => user !== null && user.id === personId);
}

/** The messages of others behind a place that mention the viewer, of those that are here. */
export function mentionsIn(
  { messages }: Timeline,
  readSeq: number,
  viewerId: string | null,
): readonly Message[] {
  return messages.filter(
    (message) =>
      message.seq > readSeq &&
      message.sender?.id !== viewerId &&
      message.deletedAt === null &&
      isMentioned(message, viewerId),
  );
}
