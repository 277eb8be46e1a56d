// However a message with files races with their removal, no message keeps a file that is gone, and
// no file stays that is in no message.
import { afterAll, beforeAll, expect, test } from "vitest";
import { createAdapter, createPool, inTransaction } from "../../../kit/data/database.ts";
import { newId } from "../../../kit/data/id.ts";
import { insertFile, settleFile } from "../../../kit/files/store.ts";
import { lockStreams } from "../../../kit/live/streams.ts";
import { createLog } from "../../../kit/service/logger.ts";
import { removeAttachments } from "../../../subgraphs/messaging/attaching.ts";
import type { Transaction } from "../../../subgraphs/messaging/database.ts";
import { PrismaClient } from "../../../subgraphs/messaging/generated/prisma/client.ts";
import { type AppendRow, appendMessages } from "../../../subgraphs/messaging/messages/store.ts";
import { conversationStream } from "../../../subgraphs/messaging/streams.ts";
import { editing } from "../../kit/edited-sql.ts";
import { messageOf, ownConnections, untilWaitingForLock } from "./lock-waits.ts";
import { adaAndBob, aGroup, idOf } from "./process.ts";

const pool = createPool(ownConnections(), createLog({ name: "races", level: "error" }));
const database = new PrismaClient({ adapter: createAdapter(pool) });
/** Where a removal does not lock the files first. */
const unlocked = editing(database, "order by id for update", "order by id") as PrismaClient;

let adaId: string;
let from: string;
let to: string;
beforeAll(async () => {
  const { ada, bob, live } = adaAndBob();
  adaId = idOf(ada);
  [from, to] = [await aGroup(ada, bob), await aGroup(ada, bob)];
  live.close();
});
afterAll(async () => {
  await database.$disconnect();
  await pool.end();
});

async function append(
  tx: Transaction,
  conversationId: string,
  files: { attachmentIds: string[] } | { attachmentsOf: string },
): Promise<AppendRow> {
  await lockStreams(tx, [conversationStream(conversationId)]);
  const message = { ...messageOf(conversationId, adaId, ""), ...files };
  const [row] = await appendMessages(tx, [message]);
  if (!row) throw new Error("there is no verdict");
  return row;
}

const inOwn = <T>(work: (tx: Transaction) => Promise<T>, db = database) =>
  inTransaction<Transaction, T>(db, work);

/** A file that can be sent. */
async function aFile(): Promise<string> {
  const id = newId();
  const now = new Date();
  const use = { ownerId: adaId, purpose: "attachments", subjectId: from };
  const facts = { fileName: "a.txt", contentType: "text/plain", bytes: 1, sha256: "0".repeat(64) };
  const storageKey = `attachments/${id}/original`;
  await insertFile(database, { id, ...use, ...facts, storageKey, createdAt: now, expiresAt: now });
  await settleFile(database, id, { kind: "document" }, []);
  return id;
}

/** A file in a message. */
async function aSentFile() {
  const fileId = await aFile();
  const { messageId } = await inOwn((tx) => append(tx, from, { attachmentIds: [fileId] }));
  return { fileId, messageId };
}

function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

/** Does the first, begins the second, which must wait there, and then ends the first. */
async function during<A, B>(
  first: (tx: Transaction) => Promise<A>,
  second: () => Promise<B>,
  waitsIn: string | null,
): Promise<{ readonly before: A; readonly behind: B }> {
  const [isDone, mayEnd] = [gate(), gate()];
  const before = inOwn(async (tx) => {
    const result = await first(tx);
    isDone.open();
    await mayEnd.opened;
    return result;
  });
  await isDone.opened;
  const behind = second();
  await (waitsIn === null ? behind : untilWaitingForLock(waitsIn));
  mayEnd.open();
  return { before: await before, behind: await behind };
}

/** Ids of files that are there, and of those that messages have. */
async function state(fileId: string) {
  const files = await database.file.count({ where: { id: fileId } });
  const messages = await database.attachment.count({ where: { fileId } });
  return { files, messages };
}

test("a file that is forwarded while its message is deleted stays with the forwarded one", async () => {
  const { fileId, messageId } = await aSentFile();
  await during(
    (tx) => append(tx, to, { attachmentsOf: messageId }),
    () => inOwn((tx) => removeAttachments(tx, [messageId])),
    "messaging.attachments.lock",
  );
  expect(await state(fileId)).toEqual({ files: 1, messages: 1 });
});

test("without the lock of the removal the forwarded message loses its file", async () => {
  const { fileId, messageId } = await aSentFile();
  await during(
    (tx) => append(tx, to, { attachmentsOf: messageId }),
    () => inOwn((tx) => removeAttachments(tx, [messageId]), unlocked),
    "files.delete",
  );
  expect(await state(fileId)).toEqual({ files: 0, messages: 1 });
});

test("a message is not forwarded behind the removal of its files", async () => {
  const { fileId, messageId } = await aSentFile();
  const { behind } = await during(
    (tx) => removeAttachments(tx, [messageId]),
    () => inOwn((tx) => append(tx, to, { attachmentsOf: messageId })),
    "messaging.messages.append",
  );
  expect(behind.verdict).toBe("attachmentNotUsable");
  expect(await state(fileId)).toEqual({ files: 0, messages: 0 });
});

test("without the lock of the message it is stored, and its file is gone", async () => {
  const { fileId, messageId } = await aSentFile();
  const { behind } = await during(
    (tx) => removeAttachments(tx, [messageId]),
    () =>
      inOwn(async (tx) => {
        await unguard(tx);
        const row = await append(tx, to, { attachmentsOf: messageId });
        await reguard(tx);
        return row;
      }),
    null,
  );
  expect(behind.verdict).toBe("stored");
  expect(await state(fileId)).toEqual({ files: 0, messages: 1 });
});

test("of two messages with a file that are deleted at once, the later one removes it", async () => {
  const { fileId, messageId } = await aSentFile();
  const forwarded = await inOwn((tx) => append(tx, to, { attachmentsOf: messageId }));
  await during(
    (tx) => removeAttachments(tx, [messageId]),
    () => inOwn((tx) => removeAttachments(tx, [forwarded.messageId])),
    "messaging.attachments.lock",
  );
  expect(await state(fileId)).toEqual({ files: 0, messages: 0 });
});

const GUARD = 'ORDER BY "id" FOR KEY SHARE';
let guarded = "";

/** Takes the lock of files out of `append_messages`, for this transaction. */
async function unguard(tx: Transaction): Promise<void> {
  const [row] = await tx.$queryRaw<{ body: string }[]>`
    select pg_get_functiondef(oid) as body from pg_proc where proname = 'append_messages'`;
  guarded = row?.body ?? "";
  expect(guarded).toContain(GUARD);
  await tx.$executeRawUnsafe(guarded.replace(GUARD, ""));
}

async function reguard(tx: Transaction): Promise<void> {
  await tx.$executeRawUnsafe(guarded);
}
