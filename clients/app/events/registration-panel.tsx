// The reader's registration for an event, or the form that makes one.
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmAddress } from "../shell/confirm-address.tsx";
import { useActing } from "./acting.ts";
import styles from "./event.module.css";
import type { EventShown } from "./event.ts";
import { FormerRegistration } from "./former-registration.tsx";
import { useKeepFocus } from "./keep-focus.ts";
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
  const heading = useRef<HTMLHeadingElement>(null);
  useKeepFocus(heading, own?.status ?? "");
  const isActive = own !== null && !ENDED.includes(own.status);
  const refusal = acting.refusal ?? answering.refusal;
  return (
    <section className={styles.panel} aria-labelledby="registration">
      <h2 ref={heading} id="registration" tabIndex={-1}>
        {t("registration")}
      </h2>
      {own && isActive && <OwnRegistration {...{ event, own, acting, answering, refresh }} />}
      {own && !isActive && <FormerRegistration event={event} own={own} />}
      <div role="alert">{refusal !== null && <p className={styles.refusal}>{refusal}</p>}</div>
      {!isActive && !own?.isBarring && <RegisterForm event={event} acting={acting} />}
      {acting.isUnverified && <ConfirmAddress />}
    </section>
  );
}
