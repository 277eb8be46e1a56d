// Adds, changes and removes the hosts of an event, behind the lock of its stream. Who may no longer
// watch registrations is an entry of the streams that revoke them.
import { isId } from "#kit/data/id";
import type { Change } from "#kit/live/changes";
import { openStreams } from "#kit/live/streams";
import { requireViewer } from "#kit/trust/identity";
import { canManage, canSee, type HostRights, hostRightsOf } from "../../access.ts";
import type { Context } from "../../context.ts";
import type { Transaction } from "../../database.ts";
import type { HostRight } from "../../generated/prisma/enums.ts";
import { eventStream, hostStream, hostsStream } from "../../streams.ts";
import { changeAsViewer } from "../../writing.ts";
import { type EventRow, findEvent } from "../events/store.ts";
import { type AddVerdict, endsWatching, judgeHost } from "./rules.ts";
import { deleteHost, findCandidate, findRights, listHosts, putHost } from "./store.ts";

export interface HostChange {
  readonly eventId: string;
  readonly userId: string;
  readonly rights: readonly HostRight[];
}

type NotFound = { readonly kind: "eventNotFound" | "hostNotFound" };
const EVENT_NOT_FOUND = { kind: "eventNotFound" } as const;
const HOST_NOT_FOUND = { kind: "hostNotFound" } as const;

export type AddOutcome =
  | { readonly kind: "added"; readonly event: EventRow }
  | Exclude<AddVerdict, { readonly kind: "add" }>
  | NotFound
  | { readonly kind: "forbidden" };

/** Makes a person a host; one who is already gets these rights. */
export async function addHost(context: Context, change: HostChange): Promise<AddOutcome> {
  return changeHosts<AddOutcome>(context, change.eventId, async (streams, event) => {
    const { tx } = streams;
    const { eventId, userId } = change;
    if (!isId(userId)) return { kind: "unavailable" };
    const hosts = await listHosts(tx, [eventId]);
    const candidate = await findCandidate(tx, event.organizerId, userId);
    const ids = hosts.map(({ personId }) => personId);
    const verdict = judgeHost(event, userId, candidate, ids);
    if (verdict.kind !== "add") return verdict;
    const before = hosts.find(({ personId }) => personId === userId)?.rights ?? null;
    await setRights(streams, change, before, context.now());
    return { kind: "added", event };
  });
}

export type ChangeOutcome =
  | { readonly kind: "changed"; readonly event: EventRow }
  | NotFound
  | { readonly kind: "forbidden" };

/** Changes the rights of a host. */
export async function changeHost(context: Context, change: HostChange): Promise<ChangeOutcome> {
  return changeHosts<ChangeOutcome>(context, change.eventId, async (streams, event) => {
    const { eventId, userId } = change;
    const before = isId(userId) ? await rightsIn(streams.tx, eventId, userId) : null;
    if (before === null) return HOST_NOT_FOUND;
    await setRights(streams, change, before, context.now());
    return { kind: "changed", event };
  });
}

export type RemoveOutcome =
  | { readonly kind: "removed"; readonly event: EventRow | null }
  | NotFound
  | { readonly kind: "forbidden" };

/** Removes a host: for those who manage the event, and for the host. */
export async function removeHost(
  context: Context,
  { eventId, userId }: Omit<HostChange, "rights">,
): Promise<RemoveOutcome> {
  const viewer = requireViewer(context);
  const isLeaving = viewer.id === userId;
  return changeHosts<RemoveOutcome>(
    context,
    eventId,
    async (streams, event) => {
      const before = isId(userId) ? await rightsIn(streams.tx, eventId, userId) : null;
      if (before !== null) {
        await deleteHost(streams.tx, eventId, userId);
        if (endsWatching(before, null)) await revoke(streams, eventId, userId);
      }
      return { kind: "removed", event: canSee(event, viewer, null) ? event : null };
    },
    isLeaving,
  );
}

async function rightsIn(tx: Transaction, eventId: string, userId: string): Promise<HostRights> {
  return (await findRights(tx, userId, [eventId])).get(eventId) ?? null;
}

async function setRights(
  streams: Change<Transaction>,
  { eventId, userId: personId, rights }: HostChange,
  before: HostRights,
  now: Date,
): Promise<void> {
  const distinct = [...new Set(rights)];
  await putHost(streams.tx, { eventId, personId, rights: distinct }, now);
  if (endsWatching(before, distinct)) await revoke(streams, eventId, personId);
}

async function revoke(
  { tx, append }: Change<Transaction>,
  eventId: string,
  personId: string,
): Promise<void> {
  const streamIds = [hostsStream(eventId), hostStream(eventId, personId)];
  await openStreams(tx, streamIds);
  const entry = { type: "hostRevoked", payload: { personId } };
  await append(streamIds.map((streamId) => ({ ...entry, streamId })));
}

/**
 * Runs `work` behind the lock of the event's stream, for those who may choose hosts; for everybody
 * who sees the event when `isOpen`.
 */
async function changeHosts<Outcome>(
  context: Context,
  eventId: string,
  work: (streams: Change<Transaction>, event: EventRow) => Promise<Outcome>,
  isOpen = false,
): Promise<Outcome | typeof EVENT_NOT_FOUND | { readonly kind: "forbidden" }> {
  const viewer = requireViewer(context);
  return changeAsViewer(context, eventStream(eventId), async (streams, exists) => {
    const event = exists ? await findEvent(streams.tx, eventId) : null;
    if (!event) return EVENT_NOT_FOUND;
    if (!canSee(event, viewer, await hostRightsOf(streams.tx, event, viewer))) {
      return EVENT_NOT_FOUND;
    }
    if (!isOpen && !canManage(event, viewer)) return { kind: "forbidden" };
    return work(streams, event);
  });
}
