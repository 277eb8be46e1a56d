// The changes of the event since the reader saw it last, with the values before them.
import { Button } from "@meetinity/ui/components/button.tsx";
import { useDateReader } from "@meetinity/ui/i18n/date-reader.ts";
import { useTranslation } from "react-i18next";
import styles from "../event.module.css";
import { formatSpan, zoneName } from "../times.ts";
import type { Facts, FactsChange } from "./seen.ts";

interface ChangesProps {
  readonly before: Facts | null;
  readonly changes: readonly FactsChange[];
  readonly dismiss: () => void;
}

export function EventChanges({ before, changes, dismiss }: ChangesProps) {
  const { t } = useTranslation("events");
  if (!before || changes.length === 0) return null;
  return (
    <div className={styles.changed}>
      <p className={styles.strong}>{t("changed")}</p>
      {changes.map((change) => (
        <div key={change}>
          <p>{t(`changes.${change}`)}</p>
          <Before change={change} facts={before} />
        </div>
      ))}
      <Button isSmall onClick={dismiss}>
        {t("gotIt")}
      </Button>
    </div>
  );
}

function Before({ change, facts }: { readonly change: FactsChange; readonly facts: Facts }) {
  const { t } = useTranslation("events");
  const { locale } = useDateReader();
  const { startsAt, endsAt, timeZone, venue } = facts;
  const texts: Readonly<Record<FactsChange, string | null>> = {
    TIME: formatSpan(startsAt, endsAt, locale, timeZone),
    PLACE: venue,
    TIME_ZONE: zoneName(startsAt, locale, timeZone),
    ONLINE_LINK: null,
  };
  const was = texts[change];
  if (was === null) return null;
  return (
    <p className={styles.before}>
      {t("before")} <s>{was}</s>
    </p>
  );
}
