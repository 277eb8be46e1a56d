// Saves the viewer's drafts.
import type { Context } from "../context.ts";
import { changeOwn } from "../own-changes.ts";
import { draftChanged } from "../own-entries.ts";
import { type DraftText, judgeDraft } from "./rules.ts";
import { type DraftRow, findDraft, saveDraftRow } from "./store.ts";

/** Ids are canonical. */
export interface DraftRequest extends DraftText {
  readonly conversationId: string;
  readonly expectedVersion: number;
}

export interface DraftOutcome {
  readonly kind: "saved" | "stale";
  /** The draft that is stored now. */
  readonly draft: DraftRow;
}

/** Saves a draft; null when the conversation does not exist for the viewer. */
export async function saveDraft(
  context: Context,
  request: DraftRequest,
): Promise<DraftOutcome | null> {
  const { conversationId, body, replyToId } = request;
  return changeOwn<DraftOutcome>(context, async ({ tx, append }, viewerId) => {
    const stored = await findDraft(tx, conversationId, viewerId);
    if (stored === undefined) return null;
    const verdict = judgeDraft(stored, request);
    const version = (stored?.version ?? 0) + 1;
    const draft = { body, replyToId, version, changedAt: context.now() };
    if (verdict === "same" && stored) return { kind: "saved", draft: stored };
    if (verdict === "stale")
      return { kind: "stale", draft: stored ?? { ...EMPTY, changedAt: context.now() } };
    await saveDraftRow(tx, conversationId, viewerId, draft);
    await append([draftChanged(viewerId, conversationId)]);
    return { kind: "saved", draft };
  });
}

const EMPTY = { body: "", replyToId: null, version: 0 };
