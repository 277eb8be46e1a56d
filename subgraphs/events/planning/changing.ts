// Changes of events by those who manage them: behind the lock of the event's stream, like those of
// its registrations.
import type { Change } from "#kit/live/changes";
import { requireViewer, type Viewer } from "#kit/trust/identity";
import { canEdit, canManage, hostRightsOf } from "../access.ts";
import type { Context } from "../context.ts";
import type { Transaction } from "../database.ts";
import { eventStream } from "../streams.ts";
import { changeAsViewer } from "../writing.ts";
import { type EventRow, findEvent } from "./events/store.ts";

export const NOT_FOUND = { kind: "notFound" } as const;

type Work<Outcome> = (change: Change<Transaction>, event: EventRow) => Promise<Outcome>;

/** Runs `work` behind the event's lock; `notFound` for those who may not edit the event. */
export function changeEvent<Outcome>(
  context: Context,
  eventId: string,
  work: Work<Outcome>,
): Promise<Outcome | typeof NOT_FOUND> {
  return changeAs(context, eventId, work, async (tx, event, viewer) =>
    canEdit(event, viewer, await hostRightsOf(tx, event, viewer)),
  );
}

/** Like {@link changeEvent}, for those who manage the event alone. */
export function changeManaged<Outcome>(
  context: Context,
  eventId: string,
  work: Work<Outcome>,
): Promise<Outcome | typeof NOT_FOUND> {
  return changeAs(context, eventId, work, async (_tx, event, viewer) => canManage(event, viewer));
}

function changeAs<Outcome>(
  context: Context,
  eventId: string,
  work: Work<Outcome>,
  may: (tx: Transaction, event: EventRow, viewer: Viewer) => Promise<boolean>,
): Promise<Outcome | typeof NOT_FOUND> {
  const viewer = requireViewer(context);
  return changeAsViewer<Outcome | typeof NOT_FOUND>(
    context,
    eventStream(eventId),
    async (change, exists) => {
      const event = exists ? await findEvent(change.tx, eventId) : null;
      return event && (await may(change.tx, event, viewer)) ? work(change, event) : NOT_FOUND;
    },
  );
}
