// Reads which files are in which messages. The function append_messages of the database stores it
// with the message; the files themselves are the kit's.
import type { FileRefusal } from "#kit/files/rules";
import type { FileState, StoredRendition } from "#kit/files/store";
import type { MediaKind } from "#kit/media/results";
import type { Database, Transaction } from "../database.ts";
import { ATTACHMENT, THREAD_ROOT_SEQ } from "../views/store.ts";

/** An attachment as it is read with its message, or by itself. */
export interface AttachmentRow {
  readonly id: string;
  readonly state: FileState;
  readonly refusal: FileRefusal | null;
  readonly kind: MediaKind | null;
  readonly fileName: string | null;
  readonly contentType: string;
  readonly bytes: number;
  readonly width: number | null;
  readonly height: number | null;
  readonly durationMs: number | null;
  /** WebP in base64. */
  readonly placeholder: string | null;
  readonly storageKey: string;
  readonly renditions: readonly StoredRendition[];
}

/** Attachments in messages that the reader sees, and those that the reader has sent. */
export async function findAttachments(
  database: Database,
  readerId: string,
  ids: readonly string[],
): Promise<AttachmentRow[]> {
  const rows = await database.$queryRaw<
    { attachment: AttachmentRow }[]
  >`/* messaging.attachments.find */
    select ${ATTACHMENT} as attachment from file
    where file.id = any(${ids}::uuid[]) and file.purpose = 'attachments' and (
      file.owner_id = ${readerId}::uuid or exists (
        select from attachment join message on message.id = attachment.message_id
        where attachment.file_id = file.id
          and sees(${readerId}::uuid, message.conversation_id, message.seq)
      )
    )`;
  return rows.map(({ attachment }) => attachment);
}

/** A message in which a file is. */
export interface Attached {
  readonly id: string;
  readonly conversationId: string;
  readonly seq: number;
  readonly threadRootSeq: number | null;
}

/** The messages in which a file is. */
export async function findAttached(tx: Transaction, fileId: string): Promise<Attached[]> {
  return tx.$queryRaw<Attached[]>`/* messaging.attachments.messages */
    select message.id::text, message.conversation_id::text as "conversationId", message.seq,
      ${THREAD_ROOT_SEQ}
    from attachment join message on message.id = attachment.message_id
    where attachment.file_id = ${fileId}::uuid order by message.id`;
}

/**
 * Takes the files out of messages, and returns those that are in no other message. Their rows are
 * locked first: a message that gets one of them meanwhile is seen, or does not get it.
 */
export async function detachFiles(
  tx: Transaction,
  messageIds: readonly string[],
): Promise<string[]> {
  await tx.$queryRaw`/* messaging.attachments.lock */
    select id from file where id in (
      select file_id from attachment where message_id = any(${messageIds}::uuid[])
    ) order by id for update`;
  const detached = await tx.$queryRaw<{ id: string }[]>`/* messaging.attachments.detach */
    delete from attachment where message_id = any(${messageIds}::uuid[])
    returning file_id::text as id`;
  if (detached.length === 0) return [];
  const ids = [...new Set(detached.map(({ id }) => id))];
  const left = await tx.$queryRaw<{ id: string }[]>`/* messaging.attachments.left */
    select distinct file_id::text as id from attachment where file_id = any(${ids}::uuid[])`;
  const stay = new Set(left.map(({ id }) => id));
  return ids.filter((id) => !stay.has(id));
}

/** True when the conversation waits for the other person's answer. */
export async function isAsking(database: Database, conversationId: string): Promise<boolean> {
  return (await database.messageRequest.count({ where: { conversationId } })) > 0;
}
