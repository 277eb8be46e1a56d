// Events that are running, tickets for them, and what gates do with them, through the API.
import { randomUUID } from "node:crypto";
import { operation } from "../../schema/operations.ts";
import { dataOf } from "./client.ts";
import { withDatabase } from "./database.ts";
import { anEvent, aRegistration, type EventOptions, type TokenHolder } from "./stories.ts";

const HOUR_MS = 3_600_000;

/** An event that people may enter: it starts in two hours. */
export async function anOpenDoor(organizer: TokenHolder, options: EventOptions = {}) {
  return anEvent(organizer.token, { startsInMs: 2 * HOUR_MS, ...options });
}

export interface TicketOfTest {
  readonly seat: number;
  readonly code: string;
  readonly qrSvg: string;
  readonly checkedInAt: string | null;
}

interface OwnRegistration {
  readonly id: string;
  readonly status: string;
  readonly ticketVersion: number;
  readonly tickets: readonly TicketOfTest[];
}

/** The viewer's registration for an event, with its tickets. */
export async function ownRegistration(token: string, eventId: string): Promise<OwnRegistration> {
  const { event } = await dataOf<{ event: { viewerRegistration: OwnRegistration } }>(
    operation("MyTickets"),
    { eventId },
    { as: token },
  );
  return event.viewerRegistration;
}

/** The codes of a new registration, one for each seat. */
export async function ticketsFor(
  person: TokenHolder,
  eventId: string,
  partySize = 1,
  type: { readonly ticketTypeId?: string } = {},
): Promise<{ readonly id: string; readonly codes: string[] }> {
  const { id } = await aRegistration(person.token, eventId, { partySize, ...type });
  const { tickets } = await ownRegistration(person.token, eventId);
  return { id, codes: tickets.map(({ code }) => code) };
}

export interface ScanResult {
  readonly __typename: string;
  readonly fault?: string;
  readonly checkIn?: {
    readonly id: string;
    readonly scannedAt: string;
    readonly isConflict: boolean;
  };
  readonly registration?: {
    readonly id: string;
    readonly status: string;
    readonly checkedInSeats: readonly number[];
  };
  readonly [fact: string]: unknown;
}

export interface ScanInput {
  readonly code: string;
  readonly eventId?: string;
  readonly nonce?: string;
  readonly gate?: string;
  readonly scannedAt?: string;
}

export async function scan(token: string, input: ScanInput, router = 0): Promise<ScanResult> {
  const { checkIn } = await dataOf<{ checkIn: ScanResult }>(
    operation("CheckIn"),
    { input: { nonce: randomUUID(), ...input } },
    { as: token, router },
  );
  return checkIn;
}

export interface OfflineScan {
  readonly code: string;
  readonly nonce: string;
  readonly scannedAt: string;
}

export async function sync(
  token: string,
  eventId: string,
  gate: string,
  checkIns: readonly OfflineScan[],
  router = 0,
): Promise<ScanResult[]> {
  const { syncCheckIns } = await dataOf<{
    syncCheckIns: { results: { result: ScanResult }[] };
  }>(operation("SyncCheckIns"), { input: { eventId, gate, checkIns } }, { as: token, router });
  return syncCheckIns.results.map(({ result }) => result);
}

export async function undo(token: string, checkInId: string): Promise<ScanResult> {
  const { undoCheckIn } = await dataOf<{ undoCheckIn: ScanResult }>(
    operation("UndoCheckIn"),
    { input: { checkInId } },
    { as: token },
  );
  return undoCheckIn;
}

/** Lets a party of one in without a registration, and returns its id. */
export async function aWalkIn(
  token: string,
  eventId: string,
  type: { readonly ticketTypeId?: string } = {},
): Promise<string> {
  const input = { eventId, nonce: randomUUID(), ...type };
  const { addWalkIn } = await dataOf<{ addWalkIn: { walkIn: { id: string } } }>(
    operation("AddWalkIn"),
    { input },
    { as: token },
  );
  return addWalkIn.walkIn.id;
}

/** Moves an event to another time, as time would. */
export async function moveEvent(eventId: string, startsInMs: number, hours = 2): Promise<void> {
  const startsAt = new Date(Date.now() + startsInMs);
  const endsAt = new Date(startsAt.getTime() + hours * HOUR_MS);
  await withDatabase("events", (client) =>
    client.query("update event set starts_at = $2, ends_at = $3 where id = $1", [
      eventId,
      startsAt,
      endsAt,
    ]),
  );
}

/** The counters of an event's door, and recounts of them. */
export async function doorCounts(eventId: string) {
  return withDatabase("events", async (client) => {
    const { rows } = await client.query<{
      counted: number;
      recounted: number;
      conflicts: number;
      taken: number;
      seats: number;
    }>(
      `select seats_checked_in as counted, seats_taken as taken,
         (select count(distinct (registration_id, seat))::int from check_in
            where event_id = e.id and undone_at is null)
           + (select coalesce(sum(party_size), 0)::int from walk_in
               where event_id = e.id and undone_at is null) as recounted,
         (select count(*)::int from check_in
           where event_id = e.id and undone_at is null and is_conflict) as conflicts,
         (select coalesce(sum(cardinality(checked_in_seats)), 0)::int from registration
           where event_id = e.id) as seats
       from event e where id = $1`,
      [eventId],
    );
    const [counts] = rows;
    if (!counts) throw new Error(`no event ${eventId}`);
    return counts;
  });
}
