// The members of a conversation. Of a long list, a part at a time is shown.
import type { ConversationState } from "@meetinity/client";
import { Avatar } from "@meetinity/ui/components/avatar.tsx";
import { Badge } from "@meetinity/ui/components/badge.tsx";
import { Button } from "@meetinity/ui/components/button.tsx";
import popup from "@meetinity/ui/components/popup.module.css";
import { VerifiedBadge } from "@meetinity/ui/components/verified-badge.tsx";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { nameOf } from "../conversation/names.ts";
import { useReader } from "../log/reader.tsx";
import styles from "./details.module.css";

type Member = ConversationState["members"][number]["node"];

/** How many more are shown at a time. */
const STEP = 100;

export function MemberList({ members }: Pick<ConversationState, "members">) {
  const { t } = useReader();
  const [count, setCount] = useState(STEP);
  return (
    <div className={popup.body}>
      <h3 className={styles.heading} id="members">
        {t("people.title")}
      </h3>
      <ul className={styles.list} aria-labelledby="members">
        {members.slice(0, count).map(({ node }, index) => (
          <li key={node.user?.id ?? `gone ${index}`}>
            <MemberRow member={node} />
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

function MemberRow({ member: { user, role } }: { readonly member: Member }) {
  const { t, viewerId, isGroup } = useReader();
  const name = nameOf(user, t);
  const content = (
    <>
      <Avatar id={user?.id ?? ""} name={name} size="small" />
      <span className={styles.texts}>
        <span dir="auto">
          {name}
          <VerifiedBadge isVerified={user?.isVerified} />
        </span>
        <span className={styles.headline} dir="auto">
          {user?.id === viewerId ? t("you") : user?.headline}
        </span>
      </span>
      {isGroup && role === "OWNER" && <Badge tone="own">{t("people.owner")}</Badge>}
    </>
  );
  if (!user) return <div className={styles.member}>{content}</div>;
  return (
    <Link to="/people/$personId" params={{ personId: user.id }} className={styles.member}>
      {content}
    </Link>
  );
}
