// Hours in which nothing comes but what cannot wait.
import { Button } from "@meetinity/ui/components/button.tsx";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Section } from "../section.tsx";
import styles from "./notifications.module.css";
import type { Hours as QuietHours, Wishes } from "./preferences.ts";

const NIGHT = { from: "22:00", to: "07:00" };

export function QuietSection({ wishes }: { readonly wishes: Wishes }) {
  const { t } = useTranslation("preferences");
  const { quietHours, timeZone } = wishes.preferences;
  return (
    <Section title={t("quiet")} hint={t("quietHint")}>
      <label className={styles.choice}>
        <input
          type="checkbox"
          checked={quietHours !== null}
          onChange={({ currentTarget: { checked } }) =>
            void wishes.change({ quietHours: checked ? NIGHT : null })
          }
        />
        <span>{t("quietOn")}</span>
      </label>
      {quietHours && (
        <div className={styles.quiet}>
          <Hours key={`${quietHours.from} ${quietHours.to}`} wishes={wishes} hours={quietHours} />
          <p className={styles.hint}>{t("zone", { timeZone })}</p>
        </div>
      )}
    </Section>
  );
}

interface HoursProps {
  readonly wishes: Wishes;
  readonly hours: QuietHours;
}

function Hours({ wishes, hours }: HoursProps) {
  const { t } = useTranslation("preferences");
  const [given, setGiven] = useState(hours);
  const isSame = given.from === given.to;
  const isStored = given.from === hours.from && given.to === hours.to;
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!isSame) void wishes.change({ quietHours: given });
  }
  return (
    <form className={styles.hours} onSubmit={submit}>
      {(["from", "to"] as const).map((name) => (
        <label key={name} className={styles.time}>
          <span>{t(name)}</span>
          <input
            type="time"
            required
            value={given[name]}
            aria-invalid={isSame || undefined}
            onChange={({ currentTarget: { value } }) => setGiven({ ...given, [name]: value })}
          />
        </label>
      ))}
      {!isStored && (
        <Button type="submit" aria-disabled={isSame}>
          {t("save")}
        </Button>
      )}
      {isSame && <p role="alert">{t("quietSame")}</p>}
    </form>
  );
}
