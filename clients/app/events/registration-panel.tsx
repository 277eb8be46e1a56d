// The reader's registration for an event, or the form that makes one.
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmAddress } from "../shell/confirm-address.tsx";
import { useActing } from "./acting.ts";
import styles from "./event.module.css";
import type { EventShown } from "./event.ts";
import { FormerRegistration } from "./former-registration.tsx";
import { useAnswering } from "./offers/answering.ts";
import { OwnRegistration } from "./own-registration.tsx";
import { RegisterForm } from "./register-form.tsx";

interface PanelProps {
  readonly event: EventShown;
  readonly refresh: () => Promise<void>;
}

const ENDED: readonly string[] = ["CANCELLED", "DECLINED", "EXPIRED"];

export function RegistrationPanel({ event, refresh }: PanelProps) {
  const { t } = useTranslation("events");
  const acting = useActing(event, refresh);
  const answering = useAnswering(refresh);
  const own = event.viewerRegistration ?? null;
  const isActive = own !== null && !ENDED.includes(own.status);
  const refusal = acting.refusal ?? answering.refusal;
  return (
    <section className={styles.panel} aria-labelledby="registration">
      <Heading status={own?.status}>{t("registration")}</Heading>
      {own && isActive && <OwnRegistration {...{ event, own, acting, answering, refresh }} />}
      {own && !isActive && <FormerRegistration event={event} own={own} />}
      <div role="alert">{refusal !== null && <p className={styles.refusal}>{refusal}</p>}</div>
      {!isActive && !own?.isBarring && <RegisterForm event={event} acting={acting} />}
      {acting.isUnverified && <ConfirmAddress />}
    </section>
  );
}

interface HeadingProps {
  readonly status: string | undefined;
  readonly children: string;
}

/** Takes the focus when a button is gone with the state in which it was pressed. */
function Heading({ status, children }: HeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(status);
  useEffect(() => {
    if (shown.current === status) return;
    shown.current = status;
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, [status]);
  return (
    <h2 ref={heading} id="registration" tabIndex={-1}>
      {children}
    </h2>
  );
}
