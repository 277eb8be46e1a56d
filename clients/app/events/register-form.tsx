// The form that registers the reader, or why they cannot register now.
import { Button } from "@meetinity/ui/components/button.tsx";
import field from "@meetinity/ui/components/text-field.module.css";
import { useDateReader } from "@meetinity/ui/i18n/date-reader.ts";
import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { answersIn, missingIn, type Violations } from "./answers/answers.ts";
import { useAsking } from "./answers/asking.ts";
import { HidingField } from "./answers/hiding.tsx";
import { focusMistake, QuestionFields } from "./answers/question-fields.tsx";
import styles from "./event.module.css";
import type { EventShown } from "./event.ts";
import type { Wish } from "./registering.ts";
import { formatMoment } from "./times.ts";

interface FormProps {
  readonly event: EventShown;
  readonly isBusy: boolean;
  /** Of the answers that were refused. */
  readonly violations: Violations;
  readonly onRegister: (wish: Wish) => Promise<void>;
}

/** As the API takes them. */
const PARTY_SIZE_MAX = 10;

export function RegisterForm({ event, isBusy, violations, onRegister }: FormProps) {
  const { t } = useTranslation("events");
  const id = useId();
  const questions = useAsking(event.id)?.questions ?? [];
  const [missing, setMissing] = useState<Violations>({});
  const shut = useShut(event);
  if (shut !== null) return <p>{shut}</p>;
  const isFull = event.seatsLeft === 0 || event.waitlistLength > 0;
  if (isFull && !event.hasWaitlist) return <p>{t("full")}</p>;
  const sizes = Array.from({ length: Math.min(PARTY_SIZE_MAX, event.capacity) }, (_, at) => at + 1);
  function send(submitted: FormEvent<HTMLFormElement>): void {
    submitted.preventDefault();
    const data = new FormData(submitted.currentTarget);
    const answers = answersIn(data, questions);
    const unanswered = missingIn(answers, questions);
    setMissing(unanswered);
    if (Object.keys(unanswered).length > 0) {
      focusMistake(submitted.currentTarget);
      return;
    }
    const partySize = Number(data.get("partySize"));
    void onRegister({ partySize, isHidden: data.has("isHidden"), answers });
  }
  return (
    <form className={styles.form} noValidate onSubmit={send}>
      <div className={field.field}>
        <label className={field.label} htmlFor={id}>
          {t("partySize")}
        </label>
        <select id={id} name="partySize" className={field.input} aria-describedby={`${id}-hint`}>
          {sizes.map((size) => (
            <option key={size} value={size}>
              {size}
            </option>
          ))}
        </select>
        <p id={`${id}-hint`} className={field.hint}>
          {t("partySizeHint")}
        </p>
      </div>
      <QuestionFields
        questions={questions}
        answers={[]}
        violations={{ ...violations, ...missing }}
      />
      <HidingField />
      <Closing event={event} />
      <Button type="submit" kind="primary" aria-disabled={isBusy}>
        {t(isFull ? "joinWaitlist" : "register")}
      </Button>
    </form>
  );
}

function Closing({ event }: { readonly event: EventShown }) {
  const { t } = useTranslation("events");
  const { locale } = useDateReader();
  const { registrationClosesAt: closesAt, timeZone } = event;
  if (!closesAt) return null;
  return (
    <p className={styles.small}>
      {t("closes", { time: formatMoment(closesAt, locale, timeZone) })}
    </p>
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
