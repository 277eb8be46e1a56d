// The questions of an event, and the reader's answers.
import { useQuery } from "@apollo/client/react";
import { EventQuestionsDocument } from "@meetinity/client/documents";
import type { Asking } from "./answers.ts";

/** Null until it is there. */
export function useAsking(eventId: string): Asking | null {
  const { data } = useQuery(EventQuestionsDocument, {
    variables: { id: eventId },
    fetchPolicy: "cache-and-network",
  });
  return (data?.event as Asking | null | undefined) ?? null;
}
