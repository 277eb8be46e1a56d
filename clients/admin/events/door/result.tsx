// The answer to the last scan, so large that it is read at arm's length.
import { Button } from "@meetinity/ui/components/button.tsx";
import { classes } from "@meetinity/ui/components/classes.ts";
import { explain } from "@meetinity/ui/components/explain.ts";
import { useDateReader } from "@meetinity/ui/i18n/date-reader.ts";
import { formatMoment } from "@meetinity/ui/i18n/dates.ts";
import { formatPrice } from "@meetinity/ui/i18n/prices.ts";
import { CircleCheck, CircleX, TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import styles from "./door.module.css";
import type { Shown, Undo } from "./gate-state.ts";
import type { StoredType } from "./stored-door.ts";

interface ResultProps {
  readonly shown: Shown | null;
  readonly onUndo: (undo: Undo) => void;
}

export function Result({ shown, onUndo }: ResultProps) {
  const { t } = useTranslation("door");
  const words = useWords(shown);
  const tone = toneOf(shown);
  const Icon = tone === "good" ? CircleCheck : tone === "bad" ? CircleX : TriangleAlert;
  const isOffline = shown !== null && "isOffline" in shown && shown.isOffline;
  return (
    <section className={classes(styles.result, styles[tone])} data-tone={tone}>
      <div role="status" aria-live="assertive" className={styles.answer}>
        {shown === null ? (
          <p className={styles.idle}>{t("idle")}</p>
        ) : (
          <>
            <Icon aria-hidden="true" size={48} className={styles.icon} />
            <div>
              <p className={styles.verdict}>{words.verdict}</p>
              {words.who !== null && <p className={styles.who}>{words.who}</p>}
              {words.details.map((line) => (
                <p key={line}>{line}</p>
              ))}
              {isOffline && <p className={styles.note}>{t("decidedOffline")}</p>}
            </div>
          </>
        )}
      </div>
      {shown !== null && "undo" in shown && (
        <Button onClick={() => onUndo(shown.undo)}>{t("undo")}</Button>
      )}
    </section>
  );
}

type Tone = "good" | "bad" | "warn" | "calm";

function toneOf(shown: Shown | null): Tone {
  switch (shown?.kind) {
    case undefined:
    case "undone":
      return "calm";
    case "in":
      return shown.isConflict || shown.isUnverified ? "warn" : "good";
    case "walkIn":
      return "good";
    case "already":
      return "warn";
    default:
      return "bad";
  }
}

interface Words {
  readonly verdict: string;
  readonly who: string | null;
  readonly details: readonly string[];
}

const NOTHING: Words = { verdict: "", who: null, details: [] };

/** The ticket type of some seats, with what is paid for them at the door. */
function useTypeOf() {
  const { t } = useTranslation("door");
  const { locale } = useDateReader();
  return (type: Pick<StoredType, "name" | "price"> | null, seats: number): string[] => {
    if (!type) return [];
    const price = type.price && formatPrice(type.price, locale, seats);
    return [price ? t("paidType", { type: type.name, price }) : type.name];
  };
}

function useWords(shown: Shown | null): Words {
  const { t } = useTranslation("door");
  const { t: common } = useTranslation("shell");
  const reader = useDateReader();
  const moment = (at: string) => formatMoment(at, reader);
  const typeOf = useTypeOf();
  switch (shown?.kind) {
    case undefined:
      return NOTHING;
    case "in": {
      const { seat, partySize, come, name } = shown;
      const seats = partySize > 1 ? [t("seat", { seat, partySize, come })] : [];
      const conflict = shown.isConflict ? [t("conflict")] : [];
      const unverified = shown.isUnverified ? [t("unverified")] : [];
      return {
        verdict: t("in"),
        who: name,
        details: [...typeOf(shown.ticketType, 1), ...seats, ...conflict, ...unverified],
      };
    }
    case "already": {
      const { scannedAt, gate, by, name } = shown;
      const when =
        scannedAt === null ? t("alreadyElsewhere") : t("alreadyAt", { at: moment(scannedAt) });
      const where = gate === "" ? [] : [t("alreadyGate", { gate })];
      const whom = by === null ? [] : [t("alreadyBy", { name: by })];
      return { verdict: t("already"), who: name, details: [when, ...where, ...whom] };
    }
    case "notValid":
      return { verdict: t("notValid"), who: null, details: [t(`faults.${shown.fault}`)] };
    case "notSeated":
      return { verdict: t("notSeated"), who: shown.name, details: [t("notSeatedText")] };
    case "closed": {
      const { opensAt, closesAt } = shown;
      const hours = opensAt !== null && closesAt !== null;
      const text = hours
        ? t("hours", { opens: moment(opensAt), closes: moment(closesAt) })
        : t("notHeld");
      return { verdict: t("closed"), who: null, details: [text] };
    }
    case "walkIn":
      return {
        verdict: t("in"),
        who: t("walkInOf", { count: shown.partySize }),
        details: typeOf(shown.ticketType, shown.partySize),
      };
    case "full":
      return {
        verdict: t("full"),
        who: null,
        details: [t("seatsLeft", { count: shown.seatsLeft })],
      };
    case "undone":
      return { verdict: t("undone"), who: null, details: [] };
    case "failed":
      return { verdict: t("failed"), who: null, details: [explain(shown.error, common)] };
  }
}
