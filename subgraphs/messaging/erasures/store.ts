// Erases what a person has in this subgraph. Callers hold the lock of the conversation's stream, or
// of the person's own.
import type { Database, Transaction } from "../database.ts";
import { THREAD_ROOT_SEQ } from "../views/store.ts";

/** A conversation in which something of the person is left; null when there is none. */
export async function findConversation(database: Database, userId: string): Promise<string | null> {
  const [found] = await database.$queryRaw<{ id: string }[]>`/* messaging.erasures.next */
    select id from (
      (select conversation_id::text as id from member where user_id = ${userId}::uuid limit 1)
      union all
      (select conversation_id::text from message where sender_id = ${userId}::uuid limit 1)
      union all
      (select message.conversation_id::text from reaction
        join message on message.id = reaction.message_id
        where reaction.user_id = ${userId}::uuid limit 1)
      union all
      (select conversation_id::text from departure where user_id = ${userId}::uuid limit 1)
      union all
      (select conversation_id::text from mention where user_id = ${userId}::uuid limit 1)
    ) as left_over limit 1`;
  return found?.id ?? null;
}

/** The sender of messages whose own sender is erased: no account has this id. */
const NOBODY = "00000000-0000-0000-0000-000000000000";

/** A message that changed by an erasure. */
export interface ErasedMessage {
  readonly id: string;
  readonly conversationId: string;
  readonly seq: number;
  readonly threadRootSeq: number | null;
}

/**
 * Erases up to `limit` messages of the person with their earlier texts, reactions and pins; their
 * rows stay as tombstones of nobody. Returns how many, and those with text until now.
 */
export async function eraseMessages(
  tx: Transaction,
  conversationId: string,
  userId: string,
  limit: number,
): Promise<{ readonly count: number; readonly hadText: readonly ErasedMessage[] }> {
  const found = await tx.$queryRaw<
    (ErasedMessage & { deletedAt: Date | null })[]
  >`/* messaging.erasures.find */
    select id, conversation_id as "conversationId", seq, ${THREAD_ROOT_SEQ},
      deleted_at as "deletedAt"
    from message
    where conversation_id = ${conversationId}::uuid and sender_id = ${userId}::uuid
    order by seq limit ${limit}::int`;
  const ids = found.map(({ id }) => id);
  if (ids.length > 0) {
    await tx.messageEdit.deleteMany({ where: { messageId: { in: ids } } });
    await tx.reaction.deleteMany({ where: { messageId: { in: ids } } });
    await tx.pin.deleteMany({ where: { messageId: { in: ids } } });
    await tx.$executeRaw`/* messaging.erasures.messages */
      update message set body = null, deleted_at = coalesce(deleted_at, now()),
        sender_id = ${NOBODY}::uuid, client_message_id = id::text, request_hash = ''
      where id = any(${ids}::uuid[])`;
  }
  const hadText = found.filter(({ deletedAt }) => deletedAt === null);
  return { count: ids.length, hadText };
}

/** Deletes up to `limit` of the person's reactions in a conversation, and returns them. */
export async function deleteReactions(
  tx: Transaction,
  conversationId: string,
  userId: string,
  limit: number,
): Promise<(ErasedMessage & { readonly emoji: string })[]> {
  return tx.$queryRaw`/* messaging.erasures.reactions */
    with theirs as (
      select reaction.message_id, reaction.emoji, message.seq, ${THREAD_ROOT_SEQ} from reaction
      join message on message.id = reaction.message_id
      where reaction.user_id = ${userId}::uuid and message.conversation_id = ${conversationId}::uuid
      limit ${limit}::int
    )
    delete from reaction using theirs
    where reaction.user_id = ${userId}::uuid and reaction.message_id = theirs.message_id
      and reaction.emoji = theirs.emoji
    returning reaction.message_id as id, ${conversationId} as "conversationId", theirs.seq,
      theirs."threadRootSeq", reaction.emoji`;
}

/** The first seq of a conversation that every member sees. */
export async function findSeenByAll(
  tx: Transaction,
  conversationId: string,
): Promise<{ readonly seenByAllFrom: number }> {
  const { _max } = await tx.member.aggregate({
    where: { conversationId },
    _max: { visibleFromSeq: true },
  });
  return { seenByAllFrom: _max.visibleFromSeq ?? 0 };
}

/**
 * Takes title, description, picture and person from a group without members: nobody can read them.
 * Returns the pictures, which are to be removed.
 */
export async function eraseDetailsIfEmpty(
  tx: Transaction,
  conversationId: string,
): Promise<string[]> {
  const { count } = await tx.conversation.updateMany({
    where: { id: conversationId, kind: "GROUP", members: { none: {} } },
    data: { title: "", description: null, pictureFileId: null, noteOf: null },
  });
  if (count === 0) return [];
  const where = { subjectId: conversationId, purpose: "pictures" };
  const files = await tx.file.findMany({ where, select: { id: true } });
  return files.map(({ id }) => id);
}

/** Takes the pictures that a person has sent from their groups. */
export async function takePictures(tx: Transaction, userId: string): Promise<void> {
  await tx.$executeRaw`/* messaging.erasures.pictures */
    update conversation set picture_file_id = null from file
    where file.owner_id = ${userId}::uuid and file.purpose = 'pictures'
      and conversation.id = file.subject_id and conversation.picture_file_id = file.id`;
}

/** True when a writer that held the lock before has added something of the person. */
export async function isAnythingLeft(
  tx: Transaction,
  userId: string,
  streamId: string,
): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ isLeft: boolean }[]>`/* messaging.erasures.left */
    select exists (select from member where user_id = ${userId}::uuid)
      or exists (select from message where sender_id = ${userId}::uuid)
      or exists (select from reaction where user_id = ${userId}::uuid)
      or exists (select from mention where user_id = ${userId}::uuid)
      or exists (select from message_request where sender_id = ${userId}::uuid)
      or exists (select from file where owner_id = ${userId}::uuid)
      or exists (select from stream_entry where stream_id = ${streamId}) as "isLeft"`;
  return row?.isLeft ?? false;
}

/** Deletes the person's rows outside conversations, and their own stream, which has no entries. */
export async function deletePerson(
  tx: Transaction,
  userId: string,
  streamId: string,
): Promise<void> {
  await tx.registration.deleteMany({ where: { personId: userId } });
  await tx.event.updateMany({ where: { organizerId: userId }, data: { organizerId: NOBODY } });
  await tx.eventMember.deleteMany({ where: { userId } });
  await tx.messageRequest.deleteMany({ where: { receiverId: userId } });
  await tx.match.deleteMany({ where: { OR: [{ pairLow: userId }, { pairHigh: userId }] } });
  await tx.block.deleteMany({ where: { OR: [{ blockerId: userId }, { blockedId: userId }] } });
  await tx.invite.deleteMany({ where: { makerId: userId } });
  await tx.subscriber.deleteMany({ where: { personId: userId } });
  await tx.delivery.deleteMany({ where: { personId: userId } });
  await tx.person.deleteMany({ where: { id: userId } });
  await tx.stream.deleteMany({ where: { id: streamId } });
}
