// The ends of an event's life, and its next beginning: cancelled, taken back, deleted, duplicated.
import type { ApolloCache } from "@apollo/client";
import { useMutation } from "@apollo/client/react";
import {
  CancelEventDocument,
  DeleteEventDocument,
  DuplicateEventDocument,
  UnpublishEventDocument,
} from "@meetinity/client/documents";

/** Why something was not done; null when it was. */
export type Problem =
  | { readonly name: "EventHasRegistrationsProblem"; readonly count: number }
  | {
      readonly name:
        | "EventEndedProblem"
        | "EventNotPublishedProblem"
        | "EventCancelledProblem"
        | "EventPublishedProblem";
    }
  | null;

interface Life {
  cancel(reason: string): Promise<Problem>;
  unpublish(): Promise<Problem>;
  delete(): Promise<Problem>;
  /** Returns the id of the draft. The same key makes the same draft. */
  duplicate(startsAt: string, idempotencyKey: string): Promise<string | null>;
}

const forgetLists = (cache: ApolloCache) => void cache.evict({ fieldName: "managedEvents" });

export function useLife(eventId: string): Life {
  // All of them say how it shall be, and may be repeated.
  const options = { context: { isSafeToRepeat: true }, update: forgetLists };
  const [cancel] = useMutation(CancelEventDocument, options);
  const [unpublish] = useMutation(UnpublishEventDocument, options);
  const [remove] = useMutation(DeleteEventDocument, options);
  const [duplicate] = useMutation(DuplicateEventDocument, options);
  return {
    async cancel(reason) {
      const { data } = await cancel({ variables: { input: { eventId, reason } } });
      return problemOf(data?.cancelEvent);
    },
    async unpublish() {
      const { data } = await unpublish({ variables: { input: { eventId } } });
      return problemOf(data?.unpublishEvent);
    },
    async delete() {
      const { data } = await remove({ variables: { input: { eventId } } });
      return problemOf(data?.deleteEvent);
    },
    async duplicate(startsAt, idempotencyKey) {
      const input = { eventId, startsAt, idempotencyKey };
      const { data } = await duplicate({ variables: { input } });
      const made = data?.duplicateEvent;
      return made?.__typename === "DuplicateEventSuccess" ? (made.event?.id ?? null) : null;
    },
  };
}

interface Result {
  readonly __typename?: string;
  readonly registrationCount?: number;
}

function problemOf(result: Result | null | undefined): Problem {
  const { __typename: name, registrationCount: count = 0 } = result ?? {};
  switch (name) {
    case "EventHasRegistrationsProblem":
      return { name, count };
    case "EventEndedProblem":
    case "EventNotPublishedProblem":
    case "EventCancelledProblem":
    case "EventPublishedProblem":
      return { name };
    default:
      return null;
  }
}
