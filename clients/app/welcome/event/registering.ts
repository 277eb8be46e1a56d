// Registering for an event with one tap.
import { explain } from "@meetinity/ui/components/explain.ts";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../shell/client.ts";
import type { Fitting } from "../fitting.ts";
import { type Own, register as registerFor } from "./events.ts";

/** Whether the event asks for something that only its page can take, or the reason of a refusal. */
interface Answer {
  readonly refusal: string | null;
  readonly needsMore: boolean;
}

const NOTHING: Answer = { refusal: null, needsMore: false };

export function useRegistering(event: Fitting["event"], onRegistered: (own: Own) => void) {
  const { t } = useTranslation("events");
  const { t: common } = useTranslation("shell");
  const [answer, setAnswer] = useState(NOTHING);
  const [isBusy, setBusy] = useState(false);
  /** Tries that get no answer register once. */
  const key = useRef(crypto.randomUUID());
  async function ask(): Promise<Answer> {
    const { id: eventId, title } = event;
    const result = await registerFor(eventId, key.current);
    switch (result.__typename) {
      case "RegisterForEventSuccess":
      case "AlreadyRegisteredProblem":
        onRegistered({ eventId, title, status: result.registration.status });
        return NOTHING;
      case "TicketTypeNeededProblem":
      case "InvalidAnswersProblem":
      case "PartyTooLargeProblem":
        return { refusal: null, needsMore: true };
      case "EmailNotVerifiedProblem":
        // This tab knows an old state of the address: with the next token the page says so.
        await client.session.refresh();
        return NOTHING;
      default:
        return { refusal: t(`problems.${result.__typename}`), needsMore: false };
    }
  }
  async function register(): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    setAnswer(NOTHING);
    setAnswer(
      await ask().catch((error: unknown) => ({
        refusal: explain(error, common),
        needsMore: false,
      })),
    );
    setBusy(false);
  }
  return { ...answer, isBusy, register: () => void register() };
}
