// The reader's request as the form has it. What is missing is known before it is sent.
import { useState } from "react";
import { answersIn, missingIn, type Question, type Violations } from "./answers/answers.ts";
import { useAsking } from "./answers/asking.ts";
import type { EventShown } from "./event.ts";
import type { Wish } from "./registering.ts";
import type { Choosing } from "./ticket-types/choosing.ts";

interface Wishing {
  readonly questions: readonly Question[];
  /** Required answers that are missing. */
  readonly missing: Violations;
  readonly isTypeMissing: boolean;
  /** Null when something is missing. */
  readonly read: (form: HTMLFormElement) => Wish | null;
}

export function useWishing(event: EventShown, { chosen, code }: Choosing): Wishing {
  const questions = useAsking(event.id).asking?.questions ?? [];
  const [missing, setMissing] = useState<Violations>({});
  const [hasSent, setSent] = useState(false);
  const lacksType = event.ticketTypes.length > 0 && chosen === null;
  function read(form: HTMLFormElement): Wish | null {
    const data = new FormData(form);
    const answers = answersIn(data, questions);
    const unanswered = missingIn(answers, questions);
    setMissing(unanswered);
    setSent(true);
    if (lacksType || Object.keys(unanswered).length > 0) return null;
    return {
      partySize: Number(data.get("partySize")),
      isHidden: data.has("isHidden"),
      answers,
      ...(chosen && { ticketTypeId: chosen.id }),
      ...(chosen && code !== null && { ticketCode: code }),
    };
  }
  return { questions, missing, isTypeMissing: hasSent && lacksType, read };
}
