// Reads the tickets of the days to come before they are needed: where the door is, there may be no
// network, and the person may not have opened them here before.
import { EventPage, MyRegistrations, MyTickets } from "@meetinity/client/operations";
import { client, TICKETS_READ } from "../shell/client.ts";

const AGAIN_MS = 12 * 3_600_000;
const AHEAD_MS = 14 * 24 * 3_600_000;
const EVENTS_MAX = 5;
const SEATED: readonly string[] = ["CONFIRMED", "CHECKED_IN"];

/** At most twice a day for the same person. Rejects when it cannot be done now. */
export async function readTickets(viewerId: string | null): Promise<void> {
  if (viewerId === null) return;
  const isOther = client.session.getSnapshot().viewerId !== viewerId;
  if (isOther || client.network.getSnapshot() === "away" || wasDone(viewerId)) return;
  const now = Date.now();
  const { me } = await client.run(MyRegistrations, {}, { viewerId });
  const seated = me?.registrations?.edges
    .map(({ node }) => node)
    .filter(({ status }) => SEATED.includes(status))
    .flatMap(({ event }) => (event && isSoon(event, now) ? [event] : []))
    .sort((one, other) => (one.startsAt < other.startsAt ? -1 : 1))
    .slice(0, EVENTS_MAX);
  for (const { id } of seated ?? []) {
    await client.run(MyTickets, { eventId: id }, { viewerId });
    // As the page of the event reads it.
    await client.run(EventPage, { id, first: 12 }, { viewerId });
  }
  localStorage.setItem(TICKETS_READ, JSON.stringify({ viewerId, at: now }));
}

function isSoon({ startsAt, endsAt }: { startsAt: string; endsAt: string }, now: number): boolean {
  return Date.parse(endsAt) > now && Date.parse(startsAt) < now + AHEAD_MS;
}

function wasDone(viewerId: string): boolean {
  try {
    const done = JSON.parse(localStorage.getItem(TICKETS_READ) ?? "null");
    return done?.viewerId === viewerId && Date.now() - done.at < AGAIN_MS;
  } catch {
    return false;
  }
}
