// The loaders of events for one request: those that its viewer may see.
import type DataLoader from "dataloader";
import { byIdLoader } from "#kit/data/loaders";
import type { Viewer } from "#kit/trust/identity";
import { canSee } from "../../access.ts";
import type { Database } from "../../database.ts";
import type { HostLoaders } from "../hosts/loaders.ts";
import { type EventRow, findEvents } from "./store.ts";

export interface EventLoaders {
  /** An event by id; null for an unknown one and for another organizer's draft. */
  readonly event: DataLoader<string, EventRow | null>;
}

interface EventReader {
  readonly viewer: Viewer | null;
  /** The event whose stream's audience reads; null for a viewer. */
  readonly audienceOf: string | null;
  /** Asked for drafts of others alone. */
  readonly hostRights: HostLoaders["hostRights"];
}

export function createEventLoaders(
  database: Database,
  { viewer, audienceOf, hostRights }: EventReader,
): EventLoaders {
  const isVisible = async (event: EventRow) =>
    event.id === audienceOf ||
    canSee(event, viewer, null) ||
    canSee(event, viewer, await hostRights.load(event.id));
  return {
    event: byIdLoader("event", async (ids) => {
      const events = await findEvents(database, ids);
      const visible = await Promise.all(events.map(isVisible));
      return events.filter((_event, at) => visible[at]);
    }),
  };
}
