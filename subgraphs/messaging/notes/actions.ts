// Opens the one conversation of the viewer with themselves.
import { newId } from "#kit/data/id";
import { findErasedOpened } from "#kit/erasures/store";
import { type Change, changeStreams } from "#kit/live/changes";
import { requireViewer } from "#kit/trust/identity";
import { isVerified, NOT_VERIFIED, type NotVerified } from "#kit/trust/verified";
import { clearLoaders } from "../clear-loaders.ts";
import type { Context } from "../context.ts";
import type { Transaction } from "../database.ts";
import { createConversation } from "../opening.ts";
import { personStream } from "../streams.ts";
import { findNote } from "./store.ts";

export type NoteOutcome =
  | { readonly kind: "open"; readonly conversationId: string }
  | { readonly kind: "notFound" }
  | NotVerified;

/** The note of a verified viewer. `notFound` for an account that is erased. */
export async function openNoteToSelf(context: Context): Promise<NoteOutcome> {
  const viewer = requireViewer(context);
  if (!isVerified(viewer)) return NOT_VERIFIED;
  const known = await findNote(context.database, viewer.id);
  if (known) return { kind: "open", conversationId: known };
  const conversationId = await changeStreams(
    context,
    [personStream(viewer.id)],
    async (change: Change<Transaction>) => {
      const erased = await findErasedOpened(change.tx, [viewer.id], personStream, viewer.id);
      if (erased.size > 0) return null;
      const made = await findNote(change.tx, viewer.id);
      if (made) return made;
      const nobody = { pairLow: null, pairHigh: null } as const;
      const note = { id: newId(), ...nobody, kind: "GROUP", title: "", noteOf: viewer.id } as const;
      const alone = [{ userId: viewer.id, role: "OWNER" }] as const;
      return createConversation(change, { ...note, createdAt: context.now() }, alone);
    },
  );
  clearLoaders(context);
  return conversationId === null ? { kind: "notFound" } : { kind: "open", conversationId };
}
