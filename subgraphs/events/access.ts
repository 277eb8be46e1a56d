// The rights at events and registrations, for all features: one function for each right.
// The organizer and admins may do everything; hosts, what their rights say.
import type { Viewer } from "#kit/trust/identity";
import type { Database, Transaction } from "./database.ts";
import type { HostRight } from "./generated/prisma/enums.ts";
import { findRights } from "./planning/hosts/store.ts";

interface OwnedEvent {
  readonly organizerId: string;
  readonly status: "DRAFT" | "PUBLISHED" | "CANCELLED";
}

type Owned = Pick<OwnedEvent, "organizerId">;

/** The rights of a person as a host of an event; null when they are none. */
export type HostRights = readonly HostRight[] | null;

const ADMIN_SCOPE = "admin";

/** True for admins, who may do everything. */
export function isAdmin(viewer: Viewer | null): boolean {
  return viewer?.scopes.includes(ADMIN_SCOPE) ?? false;
}

/** True for the person and for admins. */
export function isSelfOrAdmin(personId: string, viewer: Viewer | null): boolean {
  return viewer?.id === personId || isAdmin(viewer);
}

interface Reader {
  readonly viewer: Viewer | null;
}

interface RightsReader extends Reader {
  readonly loaders: { readonly hostRights: { load(eventId: string): Promise<HostRights> } };
}

/** Decides the policies of this subgraph's SDL. */
export const policies = {
  self: (person: { readonly id: string }, { viewer }: Reader) => viewer?.id === person.id,
  admin: (_person: object, { viewer }: Reader) => isAdmin(viewer),
};

/** Admins manage all events. */
export function managesAll(viewer: Viewer): boolean {
  return isAdmin(viewer);
}

/**
 * The rights of the viewer as a host of an event, read where the caller reads the event. Takes no
 * statement for those who need no rights: the organizer and admins.
 */
export async function hostRightsOf(
  database: Database | Transaction,
  event: Owned & { readonly id: string },
  viewer: Viewer | null,
): Promise<HostRights> {
  if (!viewer || canManage(event, viewer)) return null;
  const rights = await findRights(database, viewer.id, [event.id]);
  return rights.get(event.id) ?? null;
}

/** The organizer and admins manage an event: they choose its hosts, and delete it. */
export function canManage(event: Owned, viewer: Viewer | null): boolean {
  return isSelfOrAdmin(event.organizerId, viewer);
}

/** Everyone may see an event, but a draft only those who manage it and its hosts. */
export function canSee(event: OwnedEvent, viewer: Viewer | null, rights: HostRights): boolean {
  return event.status !== "DRAFT" || rights !== null || canManage(event, viewer);
}

function may(right: HostRight) {
  return (event: Owned, viewer: Viewer | null, rights: HostRights): boolean =>
    canManage(event, viewer) || (rights?.includes(right) ?? false);
}

/** Change, publish and cancel an event; approve, decline and cancel registrations. */
export const canEdit = may("EDIT");

/** Whether the viewer may edit an event. Takes no statement for the organizer and admins. */
export async function editsEvent(
  event: Owned & { readonly id: string },
  { viewer, loaders }: RightsReader,
): Promise<boolean> {
  if (viewer === null || canManage(event, viewer)) return viewer !== null;
  return canEdit(event, viewer, await loaders.hostRights.load(event.id));
}

/** Let people in at the door. */
export const canCheckIn = may("CHECK_IN");

/** See all registrations with their answers, and their changes as they happen. */
export const canSeePeople = may("SEE_PEOPLE");

/** Whether a person sees people now, who is no admin: for what they opened earlier. */
export async function seesPeopleNow(
  database: Database,
  event: Owned & { readonly id: string },
  personId: string,
): Promise<boolean> {
  if (event.organizerId === personId) return true;
  const rights = (await findRights(database, personId, [event.id])).get(event.id);
  return rights?.includes("SEE_PEOPLE") ?? false;
}

/** The rights that the viewer has, for an app that shows what they may do. */
export function rightsAt(event: Owned, viewer: Viewer | null, rights: HostRights): HostRight[] {
  const all: readonly HostRight[] = ["EDIT", "CHECK_IN", "SEE_PEOPLE"];
  return canManage(event, viewer) ? [...all] : all.filter((right) => rights?.includes(right));
}

/** The person and those who see people may see a registration. */
export function canSeeRegistration(
  registration: { readonly attendeeId: string },
  event: Owned,
  viewer: Viewer | null,
  rights: HostRights,
): boolean {
  return viewer?.id === registration.attendeeId || canSeePeople(event, viewer, rights);
}

/** Why a registration was ended, and for how long: for the person, and those who decide or see. */
export function canSeeDecision(
  registration: { readonly attendeeId: string },
  event: Owned,
  viewer: Viewer | null,
  rights: HostRights,
): boolean {
  return canEdit(event, viewer, rights) || canSeeRegistration(registration, event, viewer, rights);
}

interface OnlineEvent extends OwnedEvent {
  readonly id: string;
  readonly onlineUrl: string | null;
}

interface SeatReader extends Reader {
  readonly loaders: {
    readonly viewerRegistration: {
      load(eventId: string): Promise<{ readonly status: string } | null>;
    };
    readonly hostRights: { load(eventId: string): Promise<HostRights> };
  };
}

const WITH_SEATS = ["CONFIRMED", "CHECKED_IN", "NO_SHOW"];

/** The online link, for those who run the event and people with a seat; null for others. */
export async function onlineUrlFor(
  event: OnlineEvent,
  { viewer, loaders }: SeatReader,
): Promise<string | null> {
  if (event.onlineUrl === null || viewer === null) return null;
  if (canManage(event, viewer)) return event.onlineUrl;
  const registration = await loaders.viewerRegistration.load(event.id);
  if (registration && WITH_SEATS.includes(registration.status)) return event.onlineUrl;
  return (await loaders.hostRights.load(event.id)) ? event.onlineUrl : null;
}

/** Whether the viewer sees hidden ticket types without their codes: all hosts do. */
export async function seesAllTypes(
  event: Owned & { readonly id: string },
  { viewer, loaders }: RightsReader,
): Promise<boolean> {
  if (viewer === null || canManage(event, viewer)) return viewer !== null;
  return (await loaders.hostRights.load(event.id)) !== null;
}
