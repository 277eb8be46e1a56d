// In place of a card, once it is answered: what was answered, and the way back as long as there is
// one.
import { Button } from "@meetinity/ui/components/button.tsx";
import { Check, Clock, CloudOff, Handshake, TriangleAlert } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Answered } from "./answers.ts";
import styles from "./strip.module.css";

interface AnsweredStripProps {
  readonly name: string;
  readonly answered: Answered;
  readonly onUndo: () => void;
  readonly onRetry: () => void;
}

const TEXTS = { ACCEPT: "accepted", LATER: "laterGiven", DECLINE: "declined" } as const;
const ICONS = { ACCEPT: Handshake, LATER: Clock, DECLINE: Check } as const;

export function AnsweredStrip({ name, answered, onUndo, onRetry }: AnsweredStripProps) {
  const { t } = useTranslation("suggestions");
  const { t: common } = useTranslation("shell");
  const { answer, status } = answered;
  const strip = useRef<HTMLDivElement>(null);
  // The button that was pressed is gone with its card: keys go on from here.
  useEffect(() => {
    const target = strip.current?.querySelector("button") ?? strip.current;
    target?.focus({ preventScroll: true });
    strip.current?.scrollIntoView({ block: "nearest" });
  }, []);
  const isCut = status === "waiting" || status === "failed";
  const Icon = isCut ? (status === "waiting" ? CloudOff : TriangleAlert) : ICONS[answer];
  const given = status === "matched" ? "newMatch" : TEXTS[answer];
  const text = t(isCut ? status : given, { name });
  return (
    <div
      ref={strip}
      className={styles.strip}
      data-failed={status === "failed" || undefined}
      tabIndex={-1}
    >
      <Icon aria-hidden="true" size={20} />
      <p role="status" dir="auto">
        {text}
      </p>
      {(status === "undoable" || status === "waiting") && (
        <Button isSmall onClick={onUndo}>
          {t("undo")}
          <span className="hidden-visually"> · {name}</span>
        </Button>
      )}
      {status === "failed" && (
        <Button isSmall onClick={onRetry}>
          {common("tryAgain")}
        </Button>
      )}
      {status === "undoable" && <span className={styles.countdown} aria-hidden="true" />}
    </div>
  );
}
