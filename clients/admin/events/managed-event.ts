// One event that the viewer manages.
import { useMutation, useQuery } from "@apollo/client/react";
import { ManagedEventDocument, PublishEventDocument } from "@meetinity/client/documents";
import type { ManagedEventQuery } from "@meetinity/client/operations";
import { codeOf } from "@meetinity/ui/components/explain.ts";

export type ManagedEvent = NonNullable<ManagedEventQuery["event"]>;

type EventState =
  | { readonly status: "loading" }
  | { readonly status: "unknown" }
  | { readonly status: "failed"; readonly error: unknown; readonly retry: () => void }
  | { readonly status: "ready"; readonly event: ManagedEvent };

export function useManagedEvent(id: string): EventState {
  const { data, error, refetch } = useQuery(ManagedEventDocument, {
    variables: { id },
    fetchPolicy: "cache-and-network",
    notifyOnNetworkStatusChange: true,
  });
  if (data?.event) return { status: "ready", event: data.event as ManagedEvent };
  if (data?.event === null || codeOf(error) === "BAD_USER_INPUT") return { status: "unknown" };
  if (!error) return { status: "loading" };
  return { status: "failed", error, retry: () => void refetch().catch(() => {}) };
}

/** Why an event was not published; null when it is. */
type Published = "EventEndedProblem" | "EmailNotVerifiedProblem" | null;

export function usePublish(eventId: string): () => Promise<Published> {
  const [publish] = useMutation(PublishEventDocument, {
    variables: { input: { eventId } },
    context: { isSafeToRepeat: true },
    update: (cache) => void cache.evict({ fieldName: "managedEvents" }),
  });
  return async () => {
    const { data } = await publish();
    const name = data?.publishEvent?.__typename;
    return name === "EventEndedProblem" || name === "EmailNotVerifiedProblem" ? name : null;
  };
}
