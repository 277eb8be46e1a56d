// One person in a list: who they are, and an action at the end.
import { Avatar } from "@meetinity/ui/components/avatar.tsx";
import { VerifiedBadge } from "@meetinity/ui/components/verified-badge.tsx";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import styles from "./people-list.module.css";

interface PeopleRowProps {
  readonly person: {
    readonly id: string;
    readonly displayName: string;
    readonly headline?: string | null;
    readonly isVerified?: boolean;
    readonly avatarUrl: string | null;
  };
  readonly note?: ReactNode;
  /** Of the name. */
  readonly headingLevel?: 2 | 3;
  /** The action. */
  readonly children: ReactNode;
}

export function PeopleRow({ person, note, headingLevel = 2, children }: PeopleRowProps) {
  const Heading = headingLevel === 2 ? "h2" : "h3";
  const { id, displayName, headline, isVerified, avatarUrl } = person;
  return (
    <li className={styles.row}>
      <Avatar id={id} name={displayName} picture={avatarUrl} />
      <div className={styles.words}>
        <Heading dir="auto">
          <Link dir="auto" to="/people/$personId" params={{ personId: id }}>
            {displayName}
          </Link>
          <VerifiedBadge isVerified={isVerified} />
        </Heading>
        {headline && <p dir="auto">{headline}</p>}
        {note && (
          <p dir="auto" className={styles.note}>
            {note}
          </p>
        )}
      </div>
      {children}
    </li>
  );
}
