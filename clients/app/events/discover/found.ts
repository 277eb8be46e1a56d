// The events that a filter finds: one list for each filter, kept while the person goes to an event
// and back.
import { type EventFilter, FindEvents, type FindEventsQuery } from "@meetinity/client/operations";
import { client } from "../../shell/client.ts";
import { latestOf } from "../../shell/latest.ts";
import { onePerViewer } from "../../shell/one-per-viewer.ts";
import { Pages, pageOf } from "../../shell/paged-list.ts";

export type EventInList = FindEventsQuery["events"]["edges"][number]["node"];

/** So many lists are kept, those that were shown last. */
const LISTS_MAX = 10;

const listsOf = onePerViewer(() => new Map<string, Pages<EventInList>>());

/** The same list for the same filter. */
export function foundBy(viewerId: string, filter: EventFilter): Pages<EventInList> {
  const key = JSON.stringify(filter);
  return latestOf(listsOf(viewerId), key, LISTS_MAX, () => newList(viewerId, filter));
}

function newList(viewerId: string, filter: EventFilter): Pages<EventInList> {
  return new Pages(async (after, first) =>
    pageOf((await client.run(FindEvents, { first, after, filter }, { viewerId })).events),
  );
}
