// One event as the viewer may see it, kept up to date while it is shown.
import { useQuery } from "@apollo/client/react";
import { EventPageDocument } from "@meetinity/client/documents";
import type { EventPageQuery } from "@meetinity/client/operations";
import { codeOf } from "@meetinity/ui/components/explain.ts";
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

export function useEvent(id: string): EventState {
  const isFollowed = useOwnUpdates(({ event }) => {
    if (event?.id === id) void refetch().catch(() => {});
  });
  const { data, error, refetch } = useQuery(EventPageDocument, {
    variables: { id, first: ATTENDEES_FIRST },
    skip: !isFollowed,
    fetchPolicy: "cache-and-network",
    notifyOnNetworkStatusChange: true,
    pollInterval: POLL_MS,
    skipPollAttempt: () => document.hidden,
  });
  if (data?.event) {
    return {
      status: "ready",
      event: data.event as EventShown,
      refresh: () => refetch().then(() => {}),
    };
  }
  if (data?.event === null || codeOf(error) === "BAD_USER_INPUT") return { status: "unknown" };
  if (!error) return { status: "loading" };
  return { status: "failed", error, retry: () => void refetch().catch(() => {}) };
}
