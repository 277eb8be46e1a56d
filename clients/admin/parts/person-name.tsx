// A person in a row: their picture and their name, which leads to their page where the viewer may
// go there.
import { Avatar } from "@meetinity/ui/components/avatar.tsx";
import { VerifiedBadge } from "@meetinity/ui/components/verified-badge.tsx";
import { Link } from "@tanstack/react-router";
import { useViewer } from "../shell/viewer.ts";
import styles from "./page.module.css";

interface PersonNameProps {
  readonly person: {
    readonly id: string;
    readonly displayName: string;
    readonly headline?: string | null;
    readonly isVerified?: boolean;
    readonly avatarUrl?: string | null;
  };
}

export function PersonName({ person }: PersonNameProps) {
  const { id, displayName, headline, isVerified, avatarUrl } = person;
  const hasPage = useViewer().areas.includes("people");
  const name = (
    <>
      <bdi>{displayName}</bdi>
      <VerifiedBadge isVerified={isVerified} />
    </>
  );
  return (
    <span className={styles.with}>
      <Avatar id={id} name={displayName} size="small" picture={avatarUrl} />
      <span className={styles.stack}>
        {hasPage ? (
          <Link to="/people/$personId" params={{ personId: id }} className={styles.strong}>
            {name}
          </Link>
        ) : (
          <span className={styles.strong}>{name}</span>
        )}
        {headline && (
          <span dir="auto" className={styles.soft}>
            {headline}
          </span>
        )}
      </span>
    </span>
  );
}
