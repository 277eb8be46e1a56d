// One event as the viewer may see it, kept up to date while it is shown.
import { EventMatches, EventPage, type EventPageQuery } from "@meetinity/client/operations";
import { codeOf } from "@meetinity/ui/components/explain.ts";
import { readAhead, useRead } from "../shell/use-read.ts";
import { useOwnUpdates } from "./own-updates.ts";

export type EventShown = NonNullable<EventPageQuery["event"]>;

type EventState =
  | { readonly status: "loading" }
  | { readonly status: "unknown" }
  | { readonly status: "failed"; readonly error: unknown; readonly retry: () => void }
  | {
      readonly status: "ready";
      readonly event: EventShown;
      readonly refresh: () => Promise<void>;
    };

/** The attendees that a page shows. */
const ATTENDEES_FIRST = 12;
/** Seats that others take are seen after so long at the latest. */
const POLL_MS = 15_000;

const variablesOf = (id: string) => ({ id, first: ATTENDEES_FIRST });

/** For a reader who is about to open it. */
export function readAheadEvent(id: string): void {
  readAhead(EventPage, variablesOf(id));
  readAhead(EventMatches, { id });
}

export function useEvent(id: string): EventState {
  const isOn = useOwnUpdates((update) => {
    if (update === null || update.event?.id === id) void refresh().catch(() => {});
  });
  const variables = variablesOf(id);
  const { data, error, refresh, retry } = useRead(EventPage, variables, { isOn, pollMs: POLL_MS });
  if (data?.event) return { status: "ready", event: data.event, refresh };
  if (data?.event === null || codeOf(error) === "BAD_USER_INPUT") return { status: "unknown" };
  if (error === null) return { status: "loading" };
  return { status: "failed", error, retry };
}
