// The members of a conversation. Of a long list, a part at a time is shown.
import type { ConversationState } from "@meetinity/client";
import { Avatar } from "@meetinity/ui/components/avatar.tsx";
import { Button } from "@meetinity/ui/components/button.tsx";
import { VerifiedBadge } from "@meetinity/ui/components/verified-badge.tsx";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { nameOf } from "../conversation/names.ts";
import { useReader } from "../log/reader.tsx";
import styles from "./details.module.css";

export type Member = ConversationState["members"][number]["node"];

interface MemberListProps extends Pick<ConversationState, "members"> {
  /** Beside a name, such as the role in a group. */
  readonly badge?: (member: Member) => ReactNode;
  /** At the end of a row. */
  readonly menu?: (member: Member) => ReactNode;
}

/** How many more are shown at a time. */
const STEP = 100;

export function MemberList({ members, badge, menu }: MemberListProps) {
  const { t } = useReader();
  const [count, setCount] = useState(STEP);
  return (
    <div>
      <h3 className={styles.heading} id="members">
        {t("people.title")}
      </h3>
      <ul className={styles.list} aria-labelledby="members">
        {members.slice(0, count).map(({ node }, index) => (
          <li key={node.user?.id ?? `gone ${index}`} className={styles.row}>
            <MemberRow member={node} badge={badge?.(node)} />
            {menu?.(node)}
          </li>
        ))}
      </ul>
      {members.length > count && (
        <Button isSmall onClick={() => setCount(count + STEP)}>
          {t("people.more")}
        </Button>
      )}
    </div>
  );
}

interface MemberRowProps {
  readonly member: Member;
  readonly badge: ReactNode;
}

function MemberRow({ member: { user }, badge }: MemberRowProps) {
  const { t, viewerId } = useReader();
  const name = nameOf(user, t);
  const content = (
    <>
      <Avatar id={user?.id ?? ""} name={name} size="small" picture={user?.avatarUrl} />
      <span className={styles.texts}>
        <span dir="auto">
          {name}
          <VerifiedBadge isVerified={user?.isVerified} />
        </span>
        <span className={styles.headline} dir="auto">
          {user?.id === viewerId ? t("you") : user?.headline}
        </span>
      </span>
      {badge}
    </>
  );
  if (!user) return <div className={styles.member}>{content}</div>;
  return (
    <Link to="/people/$personId" params={{ personId: user.id }} className={styles.member}>
      {content}
    </Link>
  );
}
