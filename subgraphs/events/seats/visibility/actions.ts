// Hides people among the attendees, and shows them again. They may do so at any time, also when the
// event is over.
import { isId } from "#kit/data/id";
import { requireViewer } from "#kit/trust/identity";
import type { Context } from "../../context.ts";
import { eventStream } from "../../streams.ts";
import { changeAsViewer } from "../../writing.ts";
import { announceChange } from "../announcing.ts";
import {
  findRegistration,
  hideRegistration,
  type StoredRegistration,
} from "../registrations/store.ts";

export type VisibilityOutcome =
  | { readonly kind: "changed"; readonly registration: StoredRegistration }
  | { readonly kind: "notFound" };

/** Changes it for the person only: nobody else decides who is seen. */
export async function changeVisibility(
  context: Context,
  { registrationId, isHidden }: { readonly registrationId: string; readonly isHidden: boolean },
): Promise<VisibilityOutcome> {
  const viewer = requireViewer(context);
  const known = isId(registrationId)
    ? await findRegistration(context.database, registrationId)
    : null;
  if (known?.attendeeId !== viewer.id) return { kind: "notFound" };
  const streamId = eventStream(known.eventId);
  return changeAsViewer<VisibilityOutcome>(context, streamId, async (change) => {
    const before = await findRegistration(change.tx, registrationId);
    if (!before) return { kind: "notFound" };
    if (before.isHidden === isHidden) return { kind: "changed", registration: before };
    const registration = await hideRegistration(change.tx, registrationId, isHidden);
    await announceChange(change, registration);
    return { kind: "changed", registration };
  });
}
