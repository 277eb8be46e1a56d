// The reader registers, or cancels: one thing at a time. A refusal stays until the next try, and
// success is said.
import type { RegisterForEventMutation } from "@meetinity/client/operations";
import { explain } from "@meetinity/ui/components/explain.ts";
import { say } from "@meetinity/ui/components/notices.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { byQuestion, type Violations } from "./answers/answers.ts";
import type { EventShown } from "./event.ts";
import { cancelRegistration, useRegister, type Wish } from "./registering.ts";

type Registered = RegisterForEventMutation["registerForEvent"];

/** A refusal, where it belongs. */
interface Refused {
  /** Of the whole registration. */
  readonly refusal: string | null;
  /** Of the number of seats. */
  readonly ofSize: string | null;
  /** Of the ticket type. */
  readonly ofType: string | null;
  readonly ofAnswers: Violations;
  readonly isUnverified: boolean;
}

const NOTHING: Refused = {
  refusal: null,
  ofSize: null,
  ofType: null,
  ofAnswers: {},
  isUnverified: false,
};

export type Acting = ReturnType<typeof useActing>;

export function useActing(event: EventShown, refresh: () => Promise<void>) {
  const { t } = useTranslation("events");
  const { t: common } = useTranslation("shell");
  const refusedBy = useRefusals();
  const [isBusy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused>(NOTHING);
  const registerOnce = useRegister(event.id);
  async function act(work: () => Promise<Partial<Refused>>): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    setRefused(NOTHING);
    const next = await work().catch((error: unknown) => ({ refusal: explain(error, common) }));
    await refresh().catch(() => {});
    setRefused({ ...NOTHING, ...next });
    setBusy(false);
  }
  const register = (wish: Wish) =>
    act(async () => {
      const result = await registerOnce(wish);
      if (result.__typename !== "RegisterForEventSuccess") return refusedBy(result, wish);
      const { status } = result.registration;
      if (status === "CONFIRMED") say(t("registered"));
      else say(t(status === "PENDING_APPROVAL" ? "asked" : "waiting"));
      return NOTHING;
    });
  const cancel = (registrationId: string) =>
    act(async () => {
      const result = await cancelRegistration(registrationId);
      if (result.__typename !== "CancelRegistrationSuccess") {
        return { refusal: t(`problems.${result.__typename}`) };
      }
      say(t("gone"));
      return NOTHING;
    });
  return { ...refused, isBusy, register, cancel };
}

type Problem = Exclude<Registered, { readonly __typename: "RegisterForEventSuccess" }>;

function useRefusals(): (problem: Problem, wish: Wish) => Partial<Refused> {
  const { t } = useTranslation("events");
  const { t: answers } = useTranslation("answers");
  const { t: party } = useTranslation("party");
  const { t: types } = useTranslation("ticketTypes");
  return (problem, { ticketTypeId }) => {
    switch (problem.__typename) {
      case "InvalidAnswersProblem":
        return { ofAnswers: byQuestion(problem.violations), refusal: answers("check") };
      case "EmailNotVerifiedProblem":
        return { isUnverified: true };
      case "PartyTooLargeProblem": {
        const count = Math.min(problem.capacity, problem.partySizeMax);
        return { ofSize: party("tooLarge", { count }) };
      }
      case "EventFullProblem": {
        const { ticketType: type, seatsLeft: count } = problem;
        if (type && count === 0) return { ofType: types("isFull", { name: type.name }) };
        if (type) return { ofSize: types("fewerFree", { count, name: type.name }) };
        if (count === 0) return { refusal: t("problems.EventFullProblem") };
        return { ofSize: party("fewerFree", { count }) };
      }
      case "TicketTypeNeededProblem":
        return { ofType: types(ticketTypeId === undefined ? "choose" : "gone") };
      default:
        return { refusal: t(`problems.${problem.__typename}`) };
    }
  };
}
