// Who may see and run events and registrations. Whoever shows or changes one asks here, whatever
// the feature.
import type { Viewer } from "#kit/trust/identity";

interface OwnedEvent {
  readonly organizerId: string;
  readonly status: "DRAFT" | "PUBLISHED";
}

const ADMIN_SCOPE = "admin";

function isAdmin(viewer: Viewer | null): boolean {
  return viewer?.scopes.includes(ADMIN_SCOPE) ?? false;
}

/** True for the person themselves and for admins. */
export function isSelfOrAdmin(personId: string, viewer: Viewer | null): boolean {
  return viewer?.id === personId || isAdmin(viewer);
}

interface Reader {
  readonly viewer: Viewer | null;
}

/** Decides the policies that the SDL of this subgraph names. */
export const policies = {
  self: (person: { readonly id: string }, { viewer }: Reader) => viewer?.id === person.id,
  admin: (_person: object, { viewer }: Reader) => isAdmin(viewer),
};

/** Its organizer and admins run an event. */
export function canRun(event: OwnedEvent, viewer: Viewer | null): boolean {
  return isSelfOrAdmin(event.organizerId, viewer);
}

/** Everybody sees a published event; a draft exists only for those who run it. */
export function canSee(event: OwnedEvent, viewer: Viewer | null): boolean {
  return event.status === "PUBLISHED" || canRun(event, viewer);
}

/** A registration exists for its person and for those who run the event. */
export function canSeeRegistration(
  registration: { readonly attendeeId: string },
  event: OwnedEvent,
  viewer: Viewer | null,
): boolean {
  return viewer?.id === registration.attendeeId || canRun(event, viewer);
}
