// Creates the draft of an event.
import { useMutation } from "@apollo/client/react";
import { CreateEventDocument } from "@meetinity/client/documents";
import { type Submission, useSubmission } from "@meetinity/ui/components/submission.ts";
import { useState } from "react";
import { type Draft, FIELDS, inputOf } from "./draft.ts";
import { useMistakes } from "./use-mistakes.ts";

/** `onDone` gets the id of the new event. */
export function useCreateEvent(
  draft: Draft,
  onDone: (eventId: string) => Promise<void>,
): Submission {
  const errorsOf = useMistakes();
  // An answer may be lost: the same draft again is no second event.
  const [sent, setSent] = useState({ text: "", key: "" });
  const [create] = useMutation(CreateEventDocument, {
    context: { isSafeToRepeat: true },
    update: (cache) => void cache.evict({ fieldName: "managedEvents" }),
  });
  const send = async () => {
    const errors = errorsOf(draft, null);
    if (errors) return { errors };
    const input = inputOf(draft);
    const text = JSON.stringify(input);
    const key = sent.text === text ? sent.key : crypto.randomUUID();
    setSent({ text, key });
    const { data } = await create({ variables: { input: { ...input, idempotencyKey: key } } });
    const created = data?.createEvent;
    // Another draft has another key, so that it is never a conflict.
    const eventId = created?.__typename === "CreateEventSuccess" ? created.event?.id : undefined;
    if (eventId !== undefined) await onDone(eventId);
    return null;
  };
  return useSubmission(FIELDS, send, FIELDS);
}
