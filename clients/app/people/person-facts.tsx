// The facts that a person tells about themselves. A fact that they do not tell has no place.

import { useDateReader } from "@meetinity/ui/i18n/date-reader.ts";
import { formatMonth } from "@meetinity/ui/i18n/dates.ts";
import { useTranslation } from "react-i18next";
import styles from "./person.module.css";
import type { Person } from "./person.ts";

export function PersonFacts({ person }: { readonly person: Person }) {
  const { t } = useTranslation("people");
  const dates = useDateReader();
  const { bio, languages, skills, interests, intents, email, createdAt } = person;
  const intentNames = intents.map((intent) => t(`intents.${intent}`));
  return (
    <div className={styles.facts}>
      {bio && (
        <section>
          <h2>{t("about")}</h2>
          <p className={styles.bio}>{bio}</p>
        </section>
      )}
      <Tags title={t("intentsTitle")} tags={intentNames} />
      <Tags title={t("skills")} tags={skills} />
      <Tags title={t("interests")} tags={interests} />
      <Tags title={t("languages")} tags={languageNames(languages, dates.locale)} />
      {email !== null && (
        <section>
          <h2>{t("email")}</h2>
          <p>{email}</p>
          <p className={styles.note}>{t("emailHint")}</p>
        </section>
      )}
      <p className={styles.note}>{t("since", { month: formatMonth(createdAt, dates) })}</p>
    </div>
  );
}

interface TagsProps {
  readonly title: string;
  readonly tags: readonly string[];
}

function Tags({ title, tags }: TagsProps) {
  if (tags.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <ul className={styles.tags}>
        {[...new Set(tags)].map((tag) => (
          <li key={tag}>{tag}</li>
        ))}
      </ul>
    </section>
  );
}

/** As the reader's language calls them. Tags that it does not know stay as they are. */
function languageNames(tags: readonly string[], locale: string): string[] {
  const names = new Intl.DisplayNames(locale, { type: "language" });
  return tags.map((tag) => {
    const name = names.of(tag) ?? tag;
    return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
  });
}
