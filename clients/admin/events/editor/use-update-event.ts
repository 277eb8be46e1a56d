// Saves the changes of an event, on top of the version that the person has seen.
import { useMutation } from "@apollo/client/react";
import { UpdateEventDocument } from "@meetinity/client/documents";
import type { UpdateEventMutation } from "@meetinity/client/operations";
import {
  type Refusal,
  type Submission,
  useSubmission,
} from "@meetinity/ui/components/submission.ts";
import { useTranslation } from "react-i18next";
import { patchOf } from "./changes.ts";
import { type Draft, FIELDS } from "./draft.ts";
import { useMistakes } from "./use-mistakes.ts";

type Result = UpdateEventMutation["updateEvent"];
/** An event as it was when the person began to edit it, or when another one had saved. */
export type EventVersion = Extract<Result, { readonly __typename: "EventVersionProblem" }>["event"];

interface Editing {
  readonly eventId: string;
  readonly version: number;
  readonly before: Draft;
  readonly draft: Draft;
  readonly onSaved: () => Promise<void>;
  /** Somebody else has saved: nothing was changed. */
  readonly onConflict: (event: EventVersion) => void;
}

export function useUpdateEvent(editing: Editing): Submission {
  const { eventId, version, before, draft, onSaved, onConflict } = editing;
  const { t } = useTranslation("editor");
  const errorsOf = useMistakes();
  const [update] = useMutation(UpdateEventDocument, {
    // It says how the event shall be.
    context: { isSafeToRepeat: true },
    update: (cache) => void cache.evict({ fieldName: "managedEvents" }),
  });
  const send = async (): Promise<Refusal> => {
    const errors = errorsOf(draft, before);
    if (errors) return { errors };
    const input = { eventId, expectedVersion: version, ...patchOf(before, draft) };
    const { data } = await update({ variables: { input } });
    const result = data?.updateEvent as Result | undefined;
    switch (result?.__typename) {
      case "EventVersionProblem":
        onConflict(result.event);
        return null;
      case "EventStartedProblem":
        return { errors: { startsAt: t("problems.EventStartedProblem") } };
      case "EventEndedProblem":
      case "EventCancelledProblem":
        return { refusal: t(`problems.${result.__typename}`) };
      default:
        await onSaved();
        return null;
    }
  };
  return useSubmission(FIELDS, send, FIELDS);
}
