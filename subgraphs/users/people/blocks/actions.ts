// Sets and lifts blocks of the viewer, and publishes them to other subgraphs.
import { inTransaction } from "#kit/data/database";
import { isId } from "#kit/data/id";
import { addToOutbox } from "#kit/facts/outbox";
import { requireViewer } from "#kit/trust/identity";
import type { Context } from "../../context.ts";
import { blockFact } from "../../integration.ts";
import { findUser, type UserRow } from "../profiles/store.ts";
import { setBlock } from "./store.ts";

export type BlockOutcome =
  | { readonly kind: "blocked"; readonly user: UserRow }
  | { readonly kind: "self" }
  | { readonly kind: "notFound" };

/** Blocks a person for the viewer. An existing block stays. */
export async function blockUser(context: Context, userId: string): Promise<BlockOutcome> {
  const viewer = requireViewer(context);
  if (userId === viewer.id) return { kind: "self" };
  const user = await changeBlock(context, viewer.id, userId, true);
  return user ? { kind: "blocked", user } : { kind: "notFound" };
}

export type UnblockOutcome =
  | { readonly kind: "unblocked"; readonly user: UserRow }
  | { readonly kind: "notFound" };

/** Lifts the viewer's block of a person. Without a block, nothing changes. */
export async function unblockUser(context: Context, userId: string): Promise<UnblockOutcome> {
  const viewer = requireViewer(context);
  const user = await changeBlock(context, viewer.id, userId, false);
  return user ? { kind: "unblocked", user } : { kind: "notFound" };
}

async function changeBlock(
  context: Context,
  blockerId: string,
  blockedId: string,
  isBlocked: boolean,
): Promise<UserRow | null> {
  if (!isId(blockedId)) return null;
  return inTransaction(context.database, async (tx) => {
    const user = await findUser(tx, blockedId);
    if (!user) return null;
    const block = await setBlock(tx, { blockerId, blockedId }, isBlocked, context.now());
    if (block) await addToOutbox(tx, [blockFact(block)]);
    return user;
  });
}
