// Whether others see the reader among the attendees: their own wish.
import { useMutation } from "@apollo/client/react";
import { ChangeVisibilityDocument } from "@meetinity/client/documents";
import { explain } from "@meetinity/ui/components/explain.ts";
import { say, sayFailure } from "@meetinity/ui/components/notices.ts";
import { useTranslation } from "react-i18next";
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
}

/** The wish of somebody who is registered, which a click changes. */
export function Hiding({ registrationId, isHidden }: HidingProps) {
  const { t } = useTranslation("answers");
  const { t: common } = useTranslation("shell");
  const [change, { loading }] = useMutation(ChangeVisibilityDocument, {
    context: { isSafeToRepeat: true },
  });
  async function set(wish: boolean): Promise<void> {
    if (loading) return;
    await change({ variables: { input: { registrationId, isHidden: wish } } }).then(
      () => say(t(wish ? "hidden" : "shown")),
      (error: unknown) => sayFailure(explain(error, common)),
    );
  }
  return (
    <label className={styles.choice}>
      <input
        type="checkbox"
        checked={isHidden}
        aria-disabled={loading}
        onChange={({ currentTarget }) => void set(currentTarget.checked)}
      />
      <span>{t("hide")}</span>
    </label>
  );
}
