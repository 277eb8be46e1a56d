// One coming event: why it fits, and registering for it with a tap. An event that asks for more
// than that leads to its page.
import { Button, buttonClass } from "@meetinity/ui/components/button.tsx";
import { useDateReader } from "@meetinity/ui/i18n/date-reader.ts";
import { Link } from "@tanstack/react-router";
import { CircleCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import { formatMoment } from "../../events/times.ts";
import type { Fitting } from "../fitting.ts";
import styles from "./event.module.css";
import type { Own } from "./events.ts";
import { useRegistering } from "./registering.ts";

interface EventOfferProps {
  readonly fitting: Fitting;
  /** The viewer's registration. */
  readonly own: Own | undefined;
  readonly mayRegister: boolean;
  /** Before the person looks at its page. */
  readonly onLook: () => void;
  readonly onRegistered: (own: Own) => void;
}

export function EventOffer(props: EventOfferProps) {
  const { fitting, own, mayRegister, onLook, onRegistered } = props;
  const { t } = useTranslation("welcome");
  const { event, shared } = fitting;
  const { title } = event;
  const { refusal, needsMore, isBusy, register } = useRegistering(event, onRegistered);
  const canRegister = mayRegister && own === undefined && !needsMore;
  return (
    <article className={styles.offer} aria-labelledby={`event-${event.id}`}>
      <h2 id={`event-${event.id}`} dir="auto">
        {title}
      </h2>
      <Facts fitting={fitting} />
      {shared.length > 0 && <Shared words={shared} />}
      <div>
        <div role="status">{own && <State status={own.status} />}</div>
        <div role="alert">
          {refusal !== null && <p className={styles.refusal}>{refusal}</p>}
          {needsMore && <p className={styles.more}>{t("needsMore")}</p>}
        </div>
      </div>
      <div className={styles.buttons}>
        <Link
          to="/events/$eventId"
          params={{ eventId: event.id }}
          className={buttonClass({ isSmall: true, kind: needsMore ? "primary" : "secondary" })}
          onClick={onLook}
        >
          {t("look")}
          <Of title={title} />
        </Link>
        {canRegister && (
          <Button kind="primary" isSmall aria-disabled={isBusy} onClick={register}>
            {t("register")}
            <Of title={title} />
          </Button>
        )}
      </div>
    </article>
  );
}

/** For people who do not see which event the button belongs to. */
function Of({ title }: { readonly title: string }) {
  return (
    <span className="hidden-visually" dir="auto">
      {" "}
      · {title}
    </span>
  );
}

function Facts({ fitting: { event } }: Pick<EventOfferProps, "fitting">) {
  const { locale } = useDateReader();
  const { startsAt, timeZone, venue } = event;
  return (
    <p className={styles.facts}>
      <time dateTime={startsAt}>{formatMoment(startsAt, locale, timeZone)}</time>
      {venue && <span dir="auto">{venue}</span>}
    </p>
  );
}

function Shared({ words }: { readonly words: readonly string[] }) {
  const { t } = useTranslation("welcome");
  const { locale } = useDateReader();
  return (
    <p className={styles.shared} dir="auto">
      {t("shared", { list: new Intl.ListFormat(locale).format(words) })}
    </p>
  );
}

function State({ status }: Pick<Own, "status">) {
  const { t } = useTranslation("welcome");
  const isWaiting = status === "WAITLISTED" || status === "OFFERED";
  const text = status === "PENDING_APPROVAL" ? "isAsked" : isWaiting ? "isWaiting" : "isRegistered";
  return (
    <p className={styles.state}>
      <CircleCheck aria-hidden="true" size={20} />
      {t(text)}
    </p>
  );
}
