// The form that registers the reader, or why they cannot register now.
import { Button } from "@meetinity/ui/components/button.tsx";
import { useDateReader } from "@meetinity/ui/i18n/date-reader.ts";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Acting } from "./acting.ts";
import { answersIn, missingIn, type Violations } from "./answers/answers.ts";
import { useAsking } from "./answers/asking.ts";
import { HidingField } from "./answers/hiding.tsx";
import { focusMistake, QuestionFields } from "./answers/question-fields.tsx";
import styles from "./event.module.css";
import type { EventShown } from "./event.ts";
import { SizeField } from "./party/size-field.tsx";
import { sizesOf } from "./party/sizes.ts";
import { formatMoment } from "./times.ts";

interface FormProps {
  readonly event: EventShown;
  readonly acting: Acting;
}

export function RegisterForm({ event, acting }: FormProps) {
  const { t } = useTranslation("events");
  const { t: party } = useTranslation("party");
  const questions = useAsking(event.id)?.questions ?? [];
  const [missing, setMissing] = useState<Violations>({});
  const shut = useShut(event);
  if (shut !== null) return <p>{shut}</p>;
  const isFull = event.seatsLeft === 0 || event.waitlistLength > 0;
  if (isFull && !event.hasWaitlist) return <p>{t("full")}</p>;
  function send(submitted: FormEvent<HTMLFormElement>): void {
    submitted.preventDefault();
    const form = submitted.currentTarget;
    const data = new FormData(form);
    const answers = answersIn(data, questions);
    const unanswered = missingIn(answers, questions);
    setMissing(unanswered);
    if (Object.keys(unanswered).length > 0) {
      focusMistake(form);
      return;
    }
    const partySize = Number(data.get("partySize"));
    const wish = { partySize, isHidden: data.has("isHidden"), answers };
    void acting.register(wish).then(() => focusMistake(form));
  }
  return (
    <form className={styles.form} noValidate onSubmit={send}>
      <SizeField sizes={sizesOf(event)} hint={party("hint")} error={acting.ofSize} />
      <QuestionFields
        questions={questions}
        answers={[]}
        violations={{ ...acting.ofAnswers, ...missing }}
      />
      <HidingField />
      <Conditions event={event} />
      <Button type="submit" kind="primary" aria-disabled={acting.isBusy}>
        {t(buttonOf(event, isFull))}
      </Button>
    </form>
  );
}

function buttonOf({ isApprovalRequired }: EventShown, isFull: boolean) {
  if (isApprovalRequired) return "ask";
  return isFull ? "joinWaitlist" : "register";
}

function Conditions({ event }: { readonly event: EventShown }) {
  const { t } = useTranslation("events");
  const { locale } = useDateReader();
  const { registrationClosesAt: closesAt, timeZone } = event;
  return (
    <>
      {event.isApprovalRequired && <p className={styles.small}>{t("approval")}</p>}
      {closesAt && (
        <p className={styles.small}>
          {t("closes", { time: formatMoment(closesAt, locale, timeZone) })}
        </p>
      )}
    </>
  );
}

/** Why nobody can register now; null when they can. The server judges it again. */
function useShut(event: EventShown): string | null {
  const { t } = useTranslation("events");
  const { locale } = useDateReader();
  const { registrationOpensAt: opensAt, registrationClosesAt: closesAt, timeZone } = event;
  const now = new Date();
  if (event.status === "CANCELLED") return t("cancelled");
  if (new Date(event.endsAt) <= now) return t("over");
  if (closesAt && new Date(closesAt) <= now) return t("closed");
  if (opensAt && now < new Date(opensAt)) {
    return t("opens", { time: formatMoment(opensAt, locale, timeZone) });
  }
  return null;
}
