// The reader's registration for an event, or the form that makes one.
import { Button } from "@meetinity/ui/components/button.tsx";
import { ConfirmDialog } from "@meetinity/ui/components/confirm-dialog.tsx";
import { explain } from "@meetinity/ui/components/explain.ts";
import { say } from "@meetinity/ui/components/notices.ts";
import { useDateReader } from "@meetinity/ui/i18n/date-reader.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmAddress } from "../shell/confirm-address.tsx";
import { byQuestion, type Violations } from "./answers/answers.ts";
import { OwnWishes } from "./answers/own-wishes.tsx";
import styles from "./event.module.css";
import type { EventShown } from "./event.ts";
import { RegisterForm } from "./register-form.tsx";
import { useCancel, useRegister, type Wish } from "./registering.ts";
import { Tickets } from "./tickets/tickets.tsx";
import { formatMoment } from "./times.ts";

interface PanelProps {
  readonly event: EventShown;
  readonly refresh: () => Promise<void>;
}

type Own = NonNullable<EventShown["viewerRegistration"]>;

const ENDED: readonly string[] = ["CANCELLED", "DECLINED", "EXPIRED"];
/** Those that have tickets. */
const SEATED: readonly string[] = ["CONFIRMED", "CHECKED_IN"];
/** The registrations that a person can cancel. */
const OPEN: readonly string[] = ["PENDING_APPROVAL", "WAITLISTED", "OFFERED", "CONFIRMED"];

export function RegistrationPanel({ event, refresh }: PanelProps) {
  const { t } = useTranslation("events");
  const action = useAction(event, refresh);
  const own = event.viewerRegistration ?? null;
  const isActive = own !== null && !ENDED.includes(own.status);
  return (
    <section className={styles.panel}>
      <h2>{t("registration")}</h2>
      {isActive && own && <OwnRegistration event={event} own={own} action={action} />}
      {!isActive && (
        <RegisterForm
          event={event}
          isBusy={action.isBusy}
          violations={action.violations}
          onRegister={action.register}
        />
      )}
      {action.isUnverified && <ConfirmAddress />}
      <div role="alert">
        {action.refusal !== null && <p className={styles.refusal}>{action.refusal}</p>}
      </div>
    </section>
  );
}

type Action = ReturnType<typeof useAction>;

/** One thing at a time. A refusal stays until the next try; what worked is said. */
function useAction(event: EventShown, refresh: () => Promise<void>) {
  const { t } = useTranslation("events");
  const { t: common } = useTranslation("shell");
  const { t: answers } = useTranslation("answers");
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isUnverified, setUnverified] = useState(false);
  const [violations, setViolations] = useState<Violations>({});
  const registerOnce = useRegister(event.id);
  const cancelOnce = useCancel();
  async function act(work: () => Promise<string | null>): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    setRefusal(null);
    setUnverified(false);
    const refused = await work().catch((error: unknown) => explain(error, common));
    await refresh().catch(() => {});
    setRefusal(refused);
    setBusy(false);
  }
  const register = (wish: Wish) =>
    act(async () => {
      setViolations({});
      const result = await registerOnce(wish);
      if (result.__typename === "InvalidAnswersProblem") {
        setViolations(byQuestion(result.violations));
        return answers("check");
      }
      if (result.__typename === "EmailNotVerifiedProblem") {
        setUnverified(true);
        return null;
      }
      if (result.__typename !== "RegisterForEventSuccess") {
        return t(`problems.${result.__typename}`);
      }
      say(t(result.registration.status === "CONFIRMED" ? "registered" : "waiting"));
      return null;
    });
  const cancel = (registrationId: string) =>
    act(async () => {
      const result = await cancelOnce(registrationId);
      if (result.__typename !== "CancelRegistrationSuccess") {
        return t(`problems.${result.__typename}`);
      }
      say(t("gone"));
      return null;
    });
  return { isBusy, refusal, violations, isUnverified, register, cancel };
}

interface OwnProps {
  readonly event: EventShown;
  readonly own: Own;
  readonly action: Action;
}

function OwnRegistration({ event, own, action }: OwnProps) {
  const { t } = useTranslation("events");
  const { locale, now } = useDateReader();
  const [isAsking, setAsking] = useState(false);
  const { status, partySize, waitlistPosition } = own;
  const { cancellationClosesAt: until, endsAt, timeZone } = event;
  const isOver = new Date(until ?? endsAt) <= now || event.status === "CANCELLED";
  return (
    <>
      <p className={styles.strong}>{t(`status.${status}`)}</p>
      {waitlistPosition !== null && <p>{t("position", { position: waitlistPosition })}</p>}
      <p>{t("forParty", { count: partySize })}</p>
      {until && !isOver && (
        <p className={styles.small}>
          {t("cancelUntil", { time: formatMoment(until, locale, timeZone) })}
        </p>
      )}
      <OwnWishes eventId={event.id} registrationId={own.id} isOpen={!isOver} />
      {OPEN.includes(status) && event.status !== "CANCELLED" && (
        <Button aria-disabled={action.isBusy} onClick={() => setAsking(true)}>
          {t("cancel")}
        </Button>
      )}
      {SEATED.includes(status) && event.status !== "CANCELLED" && (
        <Tickets eventId={event.id} status={status} />
      )}
      <ConfirmDialog
        isOpen={isAsking}
        title={t("cancelTitle")}
        text={t(status === "WAITLISTED" ? "cancelWaiting" : "cancelSeat")}
        confirm={t("cancel")}
        onConfirm={() => {
          setAsking(false);
          void action.cancel(own.id);
        }}
        onCancel={() => setAsking(false)}
      />
    </>
  );
}
