// The facts that a person tells about themselves. A fact that they do not tell has no place.

import { useDateReader } from "@meetinity/ui/i18n/date-reader.ts";
import { formatMonth } from "@meetinity/ui/i18n/dates.ts";
import { useTranslation } from "react-i18next";
import { languageLister } from "./language-names.ts";
import styles from "./person.module.css";
import type { Person } from "./person.ts";

interface PersonFactsProps {
  readonly person: Omit<Person, "isBlockedByViewer">;
  /** Where the card stands below a heading. */
  readonly heading?: "h2" | "h4";
}

export function PersonFacts({ person, heading: Heading = "h2" }: PersonFactsProps) {
  const { t } = useTranslation("people");
  const dates = useDateReader();
  const { bio, languages, skills, interests, intents, email, createdAt } = person;
  const intentNames = intents.map((intent) => t(`intents.${intent}`));
  return (
    <div className={styles.facts}>
      {bio && (
        <section>
          <Heading>{t("about")}</Heading>
          <p dir="auto" className={styles.bio}>
            {bio}
          </p>
        </section>
      )}
      <Tags heading={Heading} title={t("intentsTitle")} tags={intentNames} />
      <Tags heading={Heading} title={t("skills")} tags={skills} />
      <Tags heading={Heading} title={t("interests")} tags={interests} />
      <Tags
        heading={Heading}
        title={t("languages")}
        tags={languages.map(languageLister(dates.locale))}
      />
      {email !== null && (
        <section>
          <Heading>{t("email")}</Heading>
          <p>{email}</p>
          <p className={styles.note}>{t("emailHint")}</p>
        </section>
      )}
      <p className={styles.note}>{t("since", { month: formatMonth(createdAt, dates) })}</p>
    </div>
  );
}

interface TagsProps {
  readonly heading: "h2" | "h4";
  readonly title: string;
  readonly tags: readonly string[];
}

function Tags({ heading: Heading, title, tags }: TagsProps) {
  if (tags.length === 0) return null;
  return (
    <section>
      <Heading>{title}</Heading>
      <ul className={styles.tags}>
        {[...new Set(tags)].map((tag) => (
          <li key={tag}>{tag}</li>
        ))}
      </ul>
    </section>
  );
}
