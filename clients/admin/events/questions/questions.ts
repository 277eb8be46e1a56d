// The questions of an event, as they are saved.
import { useMutation, useQuery } from "@apollo/client/react";
import { EventQuestionsDocument, SetQuestionsDocument } from "@meetinity/client/documents";
import type { EventQuestionsQuery } from "@meetinity/client/operations";
import { draftOf, inputOf, type QuestionDraft } from "./drafts.ts";

type Asking = NonNullable<EventQuestionsQuery["event"]>;

export function useQuestions(eventId: string) {
  const { data, error, refetch } = useQuery(EventQuestionsDocument, {
    variables: { id: eventId },
    notifyOnNetworkStatusChange: true,
  });
  const [send] = useMutation(SetQuestionsDocument);
  const questions = (data?.event as Asking | null | undefined)?.questions;
  return {
    drafts: questions?.map(draftOf) ?? null,
    error,
    retry: () => void refetch().catch(() => {}),
    /** False when the event has had too many questions that are answered. */
    async set(drafts: readonly QuestionDraft[]): Promise<boolean> {
      const input = { eventId, questions: drafts.map(inputOf) };
      const { data: answer } = await send({ variables: { input } });
      return answer?.setQuestions?.__typename === "SetQuestionsSuccess";
    },
  };
}
