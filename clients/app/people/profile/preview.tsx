// The card as others will see it, while it is edited.
import type { UserProfileQuery } from "@meetinity/client/operations";
import { Button } from "@meetinity/ui/components/button.tsx";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { PersonFacts } from "../person-facts.tsx";
import { PersonHead } from "../person-head.tsx";
import type { Draft } from "./draft.ts";
import styles from "./profile.module.css";

interface PreviewProps {
  readonly profile: NonNullable<UserProfileQuery["user"]>;
  readonly draft: Draft;
}

export function Preview({ profile, draft }: PreviewProps) {
  const { t } = useTranslation("profile");
  const id = useId();
  const [isWhole, setWhole] = useState(false);
  const person = { ...profile, ...draft, email: null };
  return (
    <section className={styles.preview} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{t("preview")}</h2>
      <article className={styles.card}>
        <PersonHead person={person} heading="h3" />
        <div id={`${id}-facts`} className={styles.cardFacts} data-whole={isWhole || undefined}>
          <PersonFacts person={person} heading="h4" />
        </div>
        <Button
          isSmall
          className={styles.toggle}
          aria-expanded={isWhole}
          aria-controls={`${id}-facts`}
          onClick={() => setWhole(!isWhole)}
        >
          {t(isWhole ? "showLess" : "showAll")}
        </Button>
      </article>
    </section>
  );
}
