// The head of a person's card: their picture, name, and what they are.
import { Avatar } from "@meetinity/ui/components/avatar.tsx";
import { VerifiedBadge } from "@meetinity/ui/components/verified-badge.tsx";
import { MapPin } from "lucide-react";
import { useTranslation } from "react-i18next";
import styles from "./person.module.css";
import type { Person } from "./person.ts";

interface PersonHeadProps {
  readonly person: Pick<Person, "id" | "displayName" | "headline" | "location" | "isVerified"> & {
    readonly avatarUrl?: string | null;
  };
  /** Where the card stands below a heading. */
  readonly heading?: "h1" | "h3";
}

export function PersonHead({ person, heading: Heading = "h1" }: PersonHeadProps) {
  const { t } = useTranslation("people");
  const { id, displayName, headline, location, isVerified, avatarUrl } = person;
  return (
    <header className={styles.head}>
      <Avatar id={id} name={displayName} size="large" picture={avatarUrl} />
      <Heading dir="auto">
        {displayName}
        <VerifiedBadge isVerified={isVerified} />
      </Heading>
      {headline && (
        <p className={styles.headline} dir="auto">
          {headline}
        </p>
      )}
      {location && (
        <p className={styles.location}>
          <MapPin aria-hidden="true" />
          <span className="hidden-visually">{t("location")}</span>
          <span dir="auto">{location}</span>
        </p>
      )}
    </header>
  );
}
