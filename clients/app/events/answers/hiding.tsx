// Whether others see the reader among the attendees: their own wish.
import { ChangeVisibility } from "@meetinity/client/operations";
import { explain } from "@meetinity/ui/components/explain.ts";
import { say, sayFailure } from "@meetinity/ui/components/notices.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../shell/client.ts";
import styles from "./answers.module.css";

/** The wish as a field of the form that registers. */
export function HidingField() {
  const { t } = useTranslation("answers");
  return (
    <label className={styles.choice}>
      <input type="checkbox" name="isHidden" />
      <span>{t("hide")}</span>
    </label>
  );
}

interface HidingProps {
  readonly registrationId: string;
  readonly isHidden: boolean;
  readonly refresh: () => Promise<void>;
}

/** The wish of somebody who is registered, which a click changes. */
export function Hiding({ registrationId, isHidden, refresh }: HidingProps) {
  const { t } = useTranslation("answers");
  const { t: common } = useTranslation("shell");
  /** While it is sent. */
  const [wished, setWished] = useState<boolean | null>(null);
  async function set(wish: boolean): Promise<void> {
    if (wished !== null) return;
    setWished(wish);
    const input = { registrationId, isHidden: wish };
    await client.run(ChangeVisibility, { input }, { isSafeToRepeat: true }).then(
      () => say(t(wish ? "hidden" : "shown")),
      (error: unknown) => sayFailure(explain(error, common)),
    );
    await refresh().catch(() => {});
    setWished(null);
  }
  return (
    <label className={styles.choice}>
      <input
        type="checkbox"
        checked={wished ?? isHidden}
        aria-disabled={wished !== null}
        onChange={({ currentTarget }) => void set(currentTarget.checked)}
      />
      <span>{t("hide")}</span>
    </label>
  );
}
