// Who may see and manage events and registrations, for all features.
import type { Viewer } from "#kit/trust/identity";

interface OwnedEvent {
  readonly organizerId: string;
  readonly status: "DRAFT" | "PUBLISHED" | "CANCELLED";
}

const ADMIN_SCOPE = "admin";

function isAdmin(viewer: Viewer | null): boolean {
  return viewer?.scopes.includes(ADMIN_SCOPE) ?? false;
}

/** True for the person and for admins. */
export function isSelfOrAdmin(personId: string, viewer: Viewer | null): boolean {
  return viewer?.id === personId || isAdmin(viewer);
}

interface Reader {
  readonly viewer: Viewer | null;
}

/** Decides the policies of this subgraph's SDL. */
export const policies = {
  self: (person: { readonly id: string }, { viewer }: Reader) => viewer?.id === person.id,
  admin: (_person: object, { viewer }: Reader) => isAdmin(viewer),
};

/** The organizer and admins manage an event. */
export function canManage(event: OwnedEvent, viewer: Viewer | null): boolean {
  return isSelfOrAdmin(event.organizerId, viewer);
}

/** Everyone may see an event, but a draft only those who manage it. */
export function canSee(event: OwnedEvent, viewer: Viewer | null): boolean {
  return event.status !== "DRAFT" || canManage(event, viewer);
}

/** Only the person and those who manage the event may see a registration. */
export function canSeeRegistration(
  registration: { readonly attendeeId: string },
  event: OwnedEvent,
  viewer: Viewer | null,
): boolean {
  return viewer?.id === registration.attendeeId || canManage(event, viewer);
}
