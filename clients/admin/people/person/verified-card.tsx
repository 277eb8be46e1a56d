// The badge of a person who is who the name says.
import { Button } from "@meetinity/ui/components/button.tsx";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import page from "../../parts/page.module.css";
import styles from "./person.module.css";
import { type Person, useSetVerified } from "./person.ts";
import { useAct } from "./use-act.ts";

export function VerifiedCard({ person }: { readonly person: Person }) {
  const { t } = useTranslation("people");
  const id = useId();
  const { id: userId, displayName: name, isVerified } = person;
  const setVerified = useSetVerified(userId);
  const { isBusy, act } = useAct();
  const done = t(isVerified ? "badgeTaken" : "badgeGiven", { name });
  return (
    <section className={page.card} aria-labelledby={id}>
      <h2 id={id}>{t("badgeTitle")}</h2>
      <p className={styles.hint}>{t(isVerified ? "badgeIs" : "badgeHint", { name })}</p>
      <div className={page.buttons}>
        <Button
          aria-disabled={isBusy}
          onClick={() => void act(() => setVerified(!isVerified), done)}
        >
          {t(isVerified ? "takeBadge" : "giveBadge")}
        </Button>
      </div>
    </section>
  );
}
