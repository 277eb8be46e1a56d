// The wish not to be shown among the attendees of one event. A click counts at once.
import { explain } from "@meetinity/ui/components/explain.ts";
import { say, sayFailure } from "@meetinity/ui/components/notices.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./privacy.module.css";
import { type ComingRegistration, changeVisibility } from "./registrations.ts";

interface HideBoxProps {
  readonly registration: ComingRegistration;
  /** Reads the registrations anew. */
  readonly refresh: () => Promise<void>;
}

export function HideBox({ registration, refresh }: HideBoxProps) {
  const { t } = useTranslation("answers");
  const { t: common } = useTranslation("shell");
  /** On its way, and until it is read. */
  const [wanted, setWanted] = useState<boolean | null>(null);
  const isBusy = wanted !== null;
  async function set(wish: boolean): Promise<void> {
    if (isBusy) return;
    setWanted(wish);
    await changeVisibility(registration.id, wish).then(
      () => say(t(wish ? "hidden" : "shown")),
      (error: unknown) => sayFailure(explain(error, common)),
    );
    await refresh().catch(() => {});
    setWanted(null);
  }
  return (
    <label className={styles.choice}>
      <input
        type="checkbox"
        checked={wanted ?? registration.isHidden}
        aria-disabled={isBusy}
        onChange={({ currentTarget }) => void set(currentTarget.checked)}
      />
      <span>
        {t("hide")}
        <span className="hidden-visually" dir="auto">
          {" "}
          · {registration.event.title}
        </span>
      </span>
    </label>
  );
}
