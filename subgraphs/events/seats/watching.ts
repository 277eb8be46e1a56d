// Opens the streams of registrations, for those who may watch them.
import { isId } from "#kit/data/id";
import { fail } from "#kit/errors";
import type { Live } from "#kit/live/live";
import type { LiveEntries } from "#kit/live/merged";
import type { WatchedStream } from "#kit/live/shared/sharing";
import { type Entry, logReader } from "#kit/live/streams";
import { requireViewer } from "#kit/trust/identity";
import { canManage, canSee, canSeePeople, hostRightsOf } from "../access.ts";
import type { Context } from "../context.ts";
import { findEvent } from "../planning/events/store.ts";
import { eventStream, hostStream, hostsStream, personStream } from "../streams.ts";
import { NOT_FOUND } from "./changing.ts";
import { revokedHost } from "./entries.ts";

export type WatchOutcome =
  | { readonly kind: "open"; readonly watched: WatchedStream }
  | { readonly kind: "forbidden" }
  | { readonly kind: "notFound" };

/** Opens the stream of an event's registrations, for those who see people and for the audience. */
export async function watchRegistrations(
  context: Context,
  eventId: string,
  after: number | null | undefined,
): Promise<WatchOutcome> {
  const { database, live, feed } = context;
  const event = isId(eventId) ? await findEvent(database, eventId) : null;
  if (!event) return NOT_FOUND;
  if (feed !== null) return watchAsAudience(live, event.id, after);
  const viewer = requireViewer(context);
  const { expiresAt } = viewer;
  const own = { streamId: eventStream(event.id), after };
  if (canManage(event, viewer)) {
    return watched(await live.openMany([own], { expiresAt }), event.id);
  }
  const revoking = hostStream(event.id, viewer.id);
  // The head is read before the rights: an entry that takes them later lies behind it.
  const revokedSeq = (await logReader(database).heads([revoking])).get(revoking) ?? 0;
  const rights = await hostRightsOf(database, event, viewer);
  if (!canSee(event, viewer, rights)) return NOT_FOUND;
  if (!canSeePeople(event, viewer, rights)) return { kind: "forbidden" };
  const isLast = (entry: Entry) => {
    if (entry.streamId === revoking) throw notWatching();
    return false;
  };
  const starts = [own, { streamId: revoking, after: revokedSeq }];
  return watched(await live.openMany(starts, { expiresAt, isLast }), event.id);
}

/** The audience's stream also has the entries that revoke hosts. */
async function watchAsAudience(
  live: Live,
  eventId: string,
  after: number | null | undefined,
): Promise<WatchOutcome> {
  const starts = [{ streamId: eventStream(eventId), after }, { streamId: hostsStream(eventId) }];
  return watched(await live.openMany(starts), eventId);
}

function watched(entries: LiveEntries, eventId: string): WatchOutcome {
  const streamId = eventStream(eventId);
  const head = entries.headOf(streamId);
  const shared = { streamId, shareKey: streamId, head };
  const revokedBy = (entry: Entry) => (entry.streamId === streamId ? [] : [revokedHost(entry)]);
  const told = { revokedBy, rewrites: () => false, isAlike: () => true };
  return { kind: "open", watched: { entries, ...shared, ...told } };
}

/** The refusal of people who may not watch, or no longer may. */
export function notWatching() {
  return fail("FORBIDDEN", "Only those who may see the event's registrations watch them.");
}

/** Opens the stream of the viewer's own registrations. */
export async function watchOwnRegistrations(
  context: Context,
  after: number | null | undefined,
): Promise<AsyncIterableIterator<Entry>> {
  const { id, expiresAt } = requireViewer(context);
  return context.live.open(personStream(id), { after, expiresAt });
}
