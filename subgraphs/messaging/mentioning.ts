// The people whom a message may mention: judged for sends before they are stored, and for edits
// behind the lock.
import type { Transaction } from "./database.ts";
import { areSame, faultOf, type Mention, type MentionFault } from "./mentions/rules.ts";
import { findAbsent, replaceMentions } from "./mentions/store.ts";
import type { NotAllowed } from "./rights.ts";

/** The people whom a text mentions, as its writer says. Ids are canonical. */
export interface MentionWish {
  readonly mentions?: readonly Mention[] | null | undefined;
  readonly isMentioningAll?: boolean | null | undefined;
}

interface Mentioned {
  /** By their start. */
  readonly mentions: readonly Mention[];
  readonly isMentioningAll: boolean;
}

/** Why a message may not mention whom it names. */
export type MentionRefusal =
  | { readonly kind: "badMention"; readonly fault: MentionFault }
  | { readonly kind: "mentionNotMember"; readonly userIds: readonly string[] }
  | NotAllowed;

const MAY_NOT_MENTION_ALL: NotAllowed = { kind: "notAllowed", right: "MENTION_ALL" };

/** A wish with all that it leaves out. */
export function mentionedBy({ mentions, isMentioningAll }: MentionWish): Mentioned {
  const sorted = [...(mentions ?? [])].sort((one, other) => one.start - other.start);
  return { mentions: sorted, isMentioningAll: isMentioningAll ?? false };
}

/** The refusal of mentions that are no parts of their text, in the order of the wish. */
export function badMention(body: string, { mentions }: MentionWish): MentionRefusal | null {
  const fault = faultOf(body, mentions ?? []);
  return fault && { kind: "badMention", fault };
}

/** The values of a wish that tell its request from another one; none without mentions. */
export function hashedMentions({ mentions, isMentioningAll }: Mentioned): (string | number)[] {
  const all = isMentioningAll ? ["all"] : [];
  if (mentions.length === 0) return all;
  return [
    "mentions",
    ...mentions.flatMap((each) => [each.userId, each.start, each.length]),
    ...all,
  ];
}

/** The refusal of a send, of which the database has said why. */
export async function refusalOfMentions(
  database: Parameters<typeof findAbsent>[0],
  verdict: "mentionNotMember" | "mayNotMentionAll",
  conversationId: string,
  { mentions }: Mentioned,
): Promise<MentionRefusal> {
  if (verdict === "mayNotMentionAll") return MAY_NOT_MENTION_ALL;
  const people = mentions.map(({ userId }) => userId);
  const absent = await findAbsent(database, conversationId, people);
  // Somebody may have come back meanwhile.
  return { kind: "mentionNotMember", userIds: absent.length > 0 ? absent : people };
}

interface MentioningMessage extends Mentioned {
  readonly id: string;
  readonly conversationId: string;
}

/** True when an edit changes whom a message mentions. */
export function changesMentions(message: Mentioned, wish: Mentioned): boolean {
  return (
    message.isMentioningAll !== wish.isMentioningAll || !areSame(message.mentions, wish.mentions)
  );
}

/** Replaces whom a message mentions, behind the lock of its conversation; or the refusal. */
export async function changeMentions(
  tx: Transaction,
  message: MentioningMessage,
  wish: Mentioned,
  hasRightForAll: boolean,
): Promise<MentionRefusal | null> {
  if (!changesMentions(message, wish)) return null;
  const { id: messageId, conversationId } = message;
  const people = wish.mentions.map(({ userId }) => userId);
  const absent = people.length > 0 ? await findAbsent(tx, conversationId, people) : [];
  if (absent.length > 0) return { kind: "mentionNotMember", userIds: absent };
  const isNewForAll = wish.isMentioningAll && !message.isMentioningAll;
  if (isNewForAll && !hasRightForAll) return MAY_NOT_MENTION_ALL;
  await replaceMentions(tx, { messageId, ...wish });
  return null;
}
