// A conversation as one member sees it, as SQL over the rows `member` and `conversation`: unread
// messages, settings, and which messages are visible.
import { Prisma } from "../generated/prisma/client.ts";

/** The stored counts: how many messages of others behind the mark count. */
export const UNREAD = Prisma.sql`
  (conversation.message_count - member.read_ordinal - member.uncounted_behind)`;

export const MUTED = Prisma.sql`
  (member.is_muted and coalesce(member.muted_until > now(), true))`;

/** A new message brings a conversation back that is not muted. */
export const ARCHIVED = Prisma.sql`
  (member.archived_count is not null
    and (${MUTED} or member.archived_count = conversation.message_count))`;

/** A new message brings the conversation back. */
export const HIDDEN = Prisma.sql`
  coalesce(member.hidden_count = conversation.message_count, false)`;

/** Also over the row `message`: whether the member sees it. */
export const VISIBLE = Prisma.sql`
  message.seq > member.cleared_seq and message.seq >= member.visible_from_seq and not exists (
    select from hidden_message
    where hidden_message.conversation_id = member.conversation_id
      and hidden_message.user_id = member.user_id and hidden_message.seq = message.seq
  )`;

/** Over the row `message`: the seq of the message in whose thread it is. */
export const THREAD_ROOT_SEQ = Prisma.sql`
  (select root.seq from message as root where root.id = message.thread_root_id)
    as "threadRootSeq"`;

const AT_HAND = Prisma.sql`not (${ARCHIVED}) and not (${HIDDEN})`;

/** Whether a conversation is in one of the lists. */
export const LISTED = {
  ALL: AT_HAND,
  UNREAD: Prisma.sql`${AT_HAND}
    and (${UNREAD} > 0 or member.is_marked_unread)`,
  FAVOURITE: Prisma.sql`member.is_favourite and not (${HIDDEN})`,
  ARCHIVED: Prisma.sql`${ARCHIVED} and not (${HIDDEN})`,
  GROUPS: Prisma.sql`${AT_HAND}
    and conversation.kind = 'GROUP' and conversation.note_of is null`,
  DIRECT: Prisma.sql`${AT_HAND} and conversation.kind = 'DIRECT'`,
} as const;

/** A note to self is a group in the database, because the previous release reads it too. */
export const KIND = Prisma.sql`
  case when conversation.note_of is null then conversation.kind::text else 'NOTE' end`;
const TITLE = Prisma.sql`
  case when conversation.note_of is null then conversation.title end`;

/** The columns of a conversation that do not depend on who reads it; also over `stream`. */
export const AS_ALL_SEE = Prisma.sql`
  conversation.id, ${KIND} as kind, conversation.created_at as "createdAt",
  conversation.activity_at as "activityAt", stream.last_seq as "lastSeq"`;

/** Those of its member; also over `draft`. */
export const AS_ONE_SEES = Prisma.sql`
  member.read_seq as "readSeq", ${UNREAD} as "unreadCount",
  member.unread_mentions as "unreadMentions", member.cleared_seq as "clearedSeq",
  ${MUTED} as "isMuted", case when ${MUTED} then member.muted_until end as "mutedUntil",
  ${ARCHIVED} as "isArchived", ${HIDDEN} as "isHidden", member.is_favourite as "isFavourite",
  member.is_marked_unread as "isMarkedUnread", draft.body as "draftBody",
  draft.reply_to_id::text as "draftReplyToId", draft.version as "draftVersion",
  draft.changed_at as "draftChangedAt"`;

/** Those of nobody. */
export const AS_NOBODY_SEES = Prisma.sql`
  0 as "readSeq", 0 as "unreadCount", 0 as "unreadMentions", 0 as "clearedSeq", false as "isMuted",
  null::timestamptz as "mutedUntil", false as "isArchived", false as "isHidden",
  false as "isFavourite", false as "isMarkedUnread", null as "draftBody",
  null as "draftReplyToId", null::int as "draftVersion", null::timestamptz as "draftChangedAt"`;

export const DETAILS = Prisma.sql`
  ${TITLE} as title, conversation.description, conversation.posting::text as posting,
  conversation.adding::text as adding, conversation.pinning::text as pinning,
  conversation.history::text as history, conversation.edit_history::text as "editHistory",
  conversation.version, conversation.picture_file_id::text as "pictureFileId"`;

/** The parents with the row of their reader as `member`. */
export function readBy(
  readerId: string,
  kind: "conversation" | "thread",
  parentIds: readonly string[],
): Prisma.Sql {
  const parents = Prisma.sql`unnest(${parentIds}::uuid[]) as wanted(id)`;
  return kind === "conversation"
    ? Prisma.sql`${parents}
        join member on member.conversation_id = wanted.id and member.user_id = ${readerId}::uuid`
    : Prisma.sql`${parents}
        join message as root on root.id = wanted.id
        join member on member.conversation_id = root.conversation_id
          and member.user_id = ${readerId}::uuid`;
}

/** A row of `file` as its attachment. */
export const ATTACHMENT = Prisma.sql`jsonb_build_object(
  'id', file.id, 'state', file.state, 'refusal', file.refusal, 'kind', file.kind,
  'fileName', file.file_name, 'contentType', file.content_type, 'bytes', file.bytes,
  'width', file.width, 'height', file.height, 'durationMs', file.duration_ms,
  'placeholder', translate(encode(file.placeholder, 'base64'), E'\n', ''),
  'storageKey', file.storage_key, 'renditions', file.renditions)`;

/** The attachments of a row of `message`, in their order. */
export const ATTACHMENTS_OF_MESSAGE = Prisma.sql`coalesce((
    select jsonb_agg(${ATTACHMENT} order by attachment.position)
    from attachment join file on file.id = attachment.file_id
    where attachment.message_id = message.id
  ), '[]') as attachments`;
