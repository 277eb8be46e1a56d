// Changes the title, the description and the settings of a group.
import { requireViewer } from "#kit/trust/identity";
import { isVerified, NOT_VERIFIED, type NotVerified } from "#kit/trust/verified";
import { changeConversation } from "../changes.ts";
import type { Context } from "../context.ts";
import { conversationChanged } from "../entries.ts";
import { type NotAllowed, refusalOf } from "../rights.ts";
import { type Details, judgeDetails } from "./rules.ts";
import { updateDetails } from "./store.ts";

/** The id is canonical, and texts are clean. */
export interface UpdateRequest {
  readonly conversationId: string;
  readonly expectedVersion: number | null;
  readonly wish: Partial<Details>;
}

export type UpdateOutcome =
  | { readonly kind: "updated" | "notFound" | "direct" }
  | { readonly kind: "stale"; readonly currentVersion: number }
  | NotAllowed
  | NotVerified;

/** Changes the details of a group for a verified viewer who may. */
export async function updateConversation(
  context: Context,
  { conversationId, expectedVersion, wish }: UpdateRequest,
): Promise<UpdateOutcome> {
  const viewer = requireViewer(context);
  if (!isVerified(viewer)) return NOT_VERIFIED;
  const { id: viewerId } = viewer;
  const options = { conversationId, viewerId };
  return changeConversation<UpdateOutcome>(context, options, async ({ tx, append }, standing) => {
    const refusal = refusalOf(standing, "CHANGE_DETAILS");
    if (refusal || !standing) return refusal ?? { kind: "notFound" };
    const verdict = judgeDetails(standing, wish, expectedVersion);
    if (verdict.kind === "stale") return verdict;
    if (verdict.kind === "same") return { kind: "updated" };
    await updateDetails(tx, conversationId, verdict.details);
    const { fields } = verdict;
    await append([conversationChanged(conversationId, { actorId: viewerId, fields })]);
    return { kind: "updated" };
  });
}
