// Creates the draft of an event.
import { useMutation } from "@apollo/client/react";
import { CreateEventDocument } from "@meetinity/client/documents";
import { type Submission, useSubmission } from "@meetinity/ui/components/submission.ts";
import { useTranslation } from "react-i18next";
import { type Draft, FIELDS, judge, OPTIONAL } from "./draft.ts";

/** `onDone` gets the id of the new event. */
export function useCreateEvent(onDone: (eventId: string) => Promise<void>): Submission {
  const { t } = useTranslation("editor");
  const [create] = useMutation(CreateEventDocument, {
    update: (cache) => void cache.evict({ fieldName: "managedEvents" }),
  });
  const send = async (values: Readonly<Record<string, string>>) => {
    const verdict = judge(values as unknown as Draft, new Date());
    if ("mistakes" in verdict) {
      const mistakes = Object.entries(verdict.mistakes);
      return {
        errors: Object.fromEntries(mistakes.map(([name, why]) => [name, t(`mistakes.${why}`)])),
      };
    }
    const { data } = await create({ variables: { input: verdict.input } });
    const created = data?.createEvent;
    // Without an idempotency key, it is never a conflict.
    const eventId = created?.__typename === "CreateEventSuccess" ? created.event?.id : undefined;
    if (eventId !== undefined) await onDone(eventId);
    return null;
  };
  return useSubmission(FIELDS, send, OPTIONAL);
}
