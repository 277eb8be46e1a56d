// Seats that are held for the reader for a time: how long they are, and the two answers.
import { Button } from "@meetinity/ui/components/button.tsx";
import { Question } from "@meetinity/ui/components/question.tsx";
import { useDateReader } from "@meetinity/ui/i18n/date-reader.ts";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { formatMoment } from "../times.ts";
import type { Answering } from "./answering.ts";
import { useTimeLeft } from "./countdown.ts";
import styles from "./offers.module.css";
import { formatRemaining, isTold } from "./remaining.ts";

interface OfferProps {
  readonly registrationId: string;
  readonly partySize: number;
  readonly expiresAt: string;
  readonly timeZone: string;
  readonly answering: Answering;
  /** Its time is over: the server says what has become of it. */
  readonly onEnd: () => void;
}

export function Offer({ registrationId, partySize, timeZone, answering, ...time }: OfferProps) {
  const { t } = useTranslation("offers");
  const { locale } = useDateReader();
  const [isAsking, setAsking] = useState(false);
  const { isBusy, accept, decline } = answering;
  return (
    <div className={styles.offer}>
      <p className={styles.title}>{t("title", { count: partySize })}</p>
      <TimeLeft {...time} />
      <p className={styles.small}>
        {t("until", { time: formatMoment(time.expiresAt, locale, timeZone) })}
      </p>
      <div className={styles.answers}>
        <Button
          needsNetwork
          kind="primary"
          aria-disabled={isBusy}
          onClick={() => void accept(registrationId)}
        >
          {t("accept", { count: partySize })}
        </Button>
        <Button needsNetwork aria-disabled={isBusy} onClick={() => setAsking(true)}>
          {t("decline")}
        </Button>
      </div>
      <Question
        isOpen={isAsking}
        title={t("declineTitle", { count: partySize })}
        text={t("declineText")}
        confirm={t("decline")}
        onConfirm={() => {
          setAsking(false);
          void decline(registrationId);
        }}
        onCancel={() => setAsking(false)}
      />
    </div>
  );
}

/** Read each second, said to screen readers at few moments. */
function TimeLeft({ expiresAt, onEnd }: Pick<OfferProps, "expiresAt" | "onEnd">) {
  const { t } = useTranslation("offers");
  const { locale } = useDateReader();
  const left = useTimeLeft(expiresAt);
  const [told, setTold] = useState<number | null>(null);
  const isOver = left <= 0;
  const end = useRef(onEnd);
  end.current = onEnd;
  useEffect(() => {
    if (isOver) end.current();
  }, [isOver]);
  useEffect(() => {
    if (told === null || isTold(left, told)) setTold(left);
  }, [left, told]);
  const said = isOver
    ? t("over")
    : told !== null && t("left", { time: formatRemaining(told, locale) });
  return (
    <>
      <p role="timer" className={styles.timer}>
        {isOver ? t("over") : t("left", { time: formatRemaining(left, locale) })}
      </p>
      <p role="status" className="hidden-visually">
        {said}
      </p>
    </>
  );
}
