// Changes at the door of an event: for those who may let people in, behind the lock of its stream.
import type { GraphQLError } from "graphql";
import { isId } from "#kit/data/id";
import { fail, notFound } from "#kit/errors";
import type { Change } from "#kit/live/changes";
import { requireViewer, type Viewer } from "#kit/trust/identity";
import { canCheckIn, canSee, hostRightsOf } from "../access.ts";
import type { Context } from "../context.ts";
import type { Transaction } from "../database.ts";
import { type EventRow, findEvent } from "../planning/events/store.ts";
import { eventStream } from "../streams.ts";
import { changeAsViewer } from "../writing.ts";

export type NoEntry = { readonly kind: "notFound" } | { readonly kind: "forbidden" };

/** A change at a door, and the person who makes it. */
export interface AtDoor {
  readonly change: Change<Transaction>;
  readonly event: EventRow;
  readonly viewer: Viewer;
  readonly now: Date;
}

/**
 * Runs `work` behind the lock of the event's stream. Those who may not let people in are refused,
 * and those who may not see the event do not find it.
 */
export async function atDoor<Outcome>(
  context: Context,
  eventId: string,
  work: (door: AtDoor) => Promise<Outcome>,
): Promise<Outcome | NoEntry> {
  const viewer = requireViewer(context);
  if (!isId(eventId)) return { kind: "notFound" };
  return changeAsViewer<Outcome | NoEntry>(
    context,
    eventStream(eventId),
    async (change, exists) => {
      const event = exists ? await findEvent(change.tx, eventId) : null;
      if (!event) return { kind: "notFound" };
      const rights = await hostRightsOf(change.tx, event, viewer);
      if (!canSee(event, viewer, rights)) return { kind: "notFound" };
      if (!canCheckIn(event, viewer, rights)) return { kind: "forbidden" };
      return work({ change, event, viewer, now: context.now() });
    },
  );
}

/** Whether the viewer of a request may let people in at an event. */
export async function mayCheckIn(event: EventRow, { viewer, loaders }: Context): Promise<boolean> {
  return canCheckIn(event, viewer, await loaders.hostRights.load(event.id));
}

/** The error for those who may not let people in. */
export function refusedAtDoor({ kind }: NoEntry, eventId: string): GraphQLError {
  if (kind === "notFound") return notFound("event", "input.eventId", eventId);
  return fail("FORBIDDEN", "Only those who check people in at this event may do this.");
}
