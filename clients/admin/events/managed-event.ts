// One event that the viewer manages.
import { useMutation, useQuery } from "@apollo/client/react";
import { ManagedEventDocument, PublishEventDocument } from "@meetinity/client/documents";
import type { ManagedEventQuery } from "@meetinity/client/operations";
import { codeOf } from "@meetinity/ui/components/explain.ts";

export type ManagedEvent = NonNullable<ManagedEventQuery["event"]>;

/** The states of registrations that have not ended. */
const ENDED = ["DECLINED", "EXPIRED", "CANCELLED"];

/** How many registrations have not ended; null for those who may not see them. */
export function registeredIn({ registrationTotals }: ManagedEvent): number | null {
  if (!registrationTotals) return null;
  const active = registrationTotals.filter(({ status }) => !ENDED.includes(status));
  return active.reduce((sum, { count }) => sum + count, 0);
}

type EventState =
  | { readonly status: "loading" }
  | { readonly status: "unknown" }
  | { readonly status: "failed"; readonly error: unknown }
  | { readonly status: "ready"; readonly event: ManagedEvent };

export function useManagedEvent(id: string): EventState {
  const { data, error } = useQuery(ManagedEventDocument, {
    variables: { id },
    fetchPolicy: "cache-and-network",
  });
  if (data?.event) return { status: "ready", event: data.event as ManagedEvent };
  if (data?.event === null || codeOf(error) === "BAD_USER_INPUT") return { status: "unknown" };
  if (!error) return { status: "loading" };
  return { status: "failed", error };
}

/** Why an event was not published; null when it is. */
type Published = (typeof PUBLISH_PROBLEMS)[number] | null;

const PUBLISH_PROBLEMS = [
  "EventEndedProblem",
  "EventCancelledProblem",
  "EmailNotVerifiedProblem",
] as const;

export function usePublish(eventId: string): () => Promise<Published> {
  const [publish] = useMutation(PublishEventDocument, {
    variables: { input: { eventId } },
    context: { isSafeToRepeat: true },
    update: (cache) => void cache.evict({ fieldName: "managedEvents" }),
  });
  return async () => {
    const { data } = await publish();
    const name = data?.publishEvent?.__typename;
    return PUBLISH_PROBLEMS.find((each) => each === name) ?? null;
  };
}
