// Reads and writes drafts. Those who write hold the lock of the person's own stream.
import type { Transaction } from "../database.ts";
import type { Draft } from "../generated/prisma/client.ts";
import type { OwnEventRow } from "../inbox/store.ts";

export type DraftRow = Pick<Draft, "body" | "replyToId" | "version" | "changedAt">;

export interface DraftChangedRow extends OwnEventRow {
  readonly __typename: "DraftChanged";
}

/** The draft of a member, which may be null; undefined for nobody. */
export async function findDraft(
  tx: Transaction,
  conversationId: string,
  userId: string,
): Promise<DraftRow | null | undefined> {
  const found = await tx.member.findUnique({
    where: { conversationId_userId: { conversationId, userId } },
    select: { draft: true },
  });
  return found?.draft;
}

export async function saveDraftRow(
  tx: Transaction,
  conversationId: string,
  userId: string,
  draft: DraftRow,
): Promise<void> {
  await tx.draft.upsert({
    where: { conversationId_userId: { conversationId, userId } },
    create: { conversationId, userId, ...draft },
    update: draft,
  });
}
