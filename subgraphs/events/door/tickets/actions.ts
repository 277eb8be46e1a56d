// Renews the tickets of a registration, when a code has leaked.
import { isId } from "#kit/data/id";
import { requireViewer } from "#kit/trust/identity";
import type { Context } from "../../context.ts";
import { findEvent } from "../../planning/events/store.ts";
import { findRegistration, type StoredRegistration } from "../../seats/registrations/store.ts";
import { eventStream } from "../../streams.ts";
import { changeAsViewer } from "../../writing.ts";
import { tellRegistrations } from "../telling.ts";
import { nextVersion } from "./rules.ts";
import { saveTicketVersion } from "./store.ts";

export type RenewOutcome =
  | { readonly kind: "renewed"; readonly registration: StoredRegistration }
  | { readonly kind: "noTickets" }
  | { readonly kind: "notFound" };

export async function renewTickets(
  context: Context,
  registrationId: string,
): Promise<RenewOutcome> {
  const viewer = requireViewer(context);
  const known = isId(registrationId)
    ? await findRegistration(context.database, registrationId)
    : null;
  if (known?.attendeeId !== viewer.id) return { kind: "notFound" };
  const streamId = eventStream(known.eventId);
  return changeAsViewer<RenewOutcome>(context, streamId, async (change) => {
    const event = await findEvent(change.tx, known.eventId);
    const party = await findRegistration(change.tx, registrationId);
    if (!event || !party) return { kind: "notFound" };
    const ticketVersion = nextVersion(party, event, context.now());
    if (ticketVersion === null) return { kind: "noTickets" };
    const registration = { ...party, ticketVersion };
    const [seq = 0] = await tellRegistrations(change, event.id, [registration]);
    await saveTicketVersion(change.tx, party.id, ticketVersion, seq);
    return { kind: "renewed", registration };
  });
}
