// The form that registers the reader, or why they cannot register now.
import { Button } from "@meetinity/ui/components/button.tsx";
import { useDateReader } from "@meetinity/ui/i18n/date-reader.ts";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Acting } from "./acting.ts";
import { HidingField } from "./answers/hiding.tsx";
import { focusMistake, QuestionFields } from "./answers/question-fields.tsx";
import styles from "./event.module.css";
import type { EventShown } from "./event.ts";
import { SizeField } from "./party/size-field.tsx";
import { type Choosing, useChoosing } from "./ticket-types/choosing.ts";
import { CodeField } from "./ticket-types/code-field.tsx";
import { TypeChoice } from "./ticket-types/type-choice.tsx";
import { type Prospect, prospectOf, sizesFor } from "./ticket-types/types.ts";
import { formatMoment } from "./times.ts";
import { useWishing } from "./wishing.ts";

interface FormProps {
  readonly event: EventShown;
  readonly acting: Acting;
}

export function RegisterForm({ event, acting }: FormProps) {
  const { t } = useTranslation("events");
  const { t: party } = useTranslation("party");
  const choosing = useChoosing(event);
  const { questions, missing, isTypeMissing, read } = useWishing(event, choosing);
  const { types, chosen, enter } = choosing;
  const shut = useShut(event);
  if (shut !== null) return <p>{shut}</p>;
  const prospect = prospectOf(event, chosen);
  if (types.length === 0 && prospect === "full") return <Full choosing={choosing} />;
  function send(submitted: FormEvent<HTMLFormElement>): void {
    submitted.preventDefault();
    const form = submitted.currentTarget;
    const wish = read(form);
    if (wish) void acting.register(wish).then(() => focusMistake(form));
    else focusMistake(form);
  }
  return (
    <form className={styles.form} noValidate onSubmit={send}>
      <TypeChoice
        event={event}
        choosing={choosing}
        isMissing={isTypeMissing}
        refusal={acting.ofType}
      />
      <CodeField {...enter} />
      <SizeField sizes={sizesFor(event, chosen)} hint={party("hint")} error={acting.ofSize} />
      <QuestionFields
        questions={questions}
        answers={[]}
        violations={{ ...acting.ofAnswers, ...missing }}
      />
      <HidingField />
      <Conditions event={event} />
      <Button needsNetwork type="submit" kind="primary" aria-disabled={acting.isBusy}>
        {t(buttonOf(event, prospect))}
      </Button>
    </form>
  );
}

function buttonOf({ isApprovalRequired }: EventShown, prospect: Prospect) {
  if (isApprovalRequired) return "ask";
  return prospect === "waitlist" ? "joinWaitlist" : "register";
}

/** A hidden type may still have seats. */
function Full({ choosing }: { readonly choosing: Choosing }) {
  const { t } = useTranslation("events");
  return (
    <>
      <p>{t("full")}</p>
      <CodeField {...choosing.enter} />
    </>
  );
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
