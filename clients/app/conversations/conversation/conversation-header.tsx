// The header of a conversation: with whom it is, the way back on small screens, and its details.
import type { ConversationState } from "@meetinity/client";
import { IconButton } from "@meetinity/ui/components/button.tsx";
import { VerifiedBadge } from "@meetinity/ui/components/verified-badge.tsx";
import { Link } from "@tanstack/react-router";
import { ArrowLeft, Info } from "lucide-react";
import { listOf } from "../list/lists.ts";
import { useReader } from "../log/reader.tsx";
import styles from "./conversation.module.css";
import { otherOf } from "./names.ts";
import { Picture } from "./picture.tsx";

interface ConversationHeaderProps {
  readonly conversationId: string;
  readonly title: string;
  readonly state: ConversationState;
  readonly onDetails: () => void;
}

export function ConversationHeader(props: ConversationHeaderProps) {
  const { conversationId, title, state, onDetails } = props;
  const { t, viewerId, isGroup } = useReader();
  const { kind, members, pictureUrl } = state;
  const other = otherOf(state, viewerId);
  return (
    <header className={styles.header}>
      <Link to="/" search={listOf} className={styles.back} aria-label={t("back")}>
        <ArrowLeft aria-hidden="true" size={22} />
      </Link>
      <Picture id={conversationId} name={title} {...{ kind, members, viewerId, pictureUrl }} />
      <div className={styles.titles}>
        <h1 className={styles.title} dir="auto">
          {other ? (
            <Link to="/people/$personId" params={{ personId: other.id }}>
              {title}
            </Link>
          ) : (
            title
          )}
          <VerifiedBadge isVerified={other?.isVerified} />
        </h1>
        <p className={styles.subtitle} dir="auto">
          {isGroup ? t("members", { count: members.length }) : other?.headline}
          {kind === "NOTE" && t("onlyYou")}
        </p>
      </div>
      <IconButton name={t("details")} aria-haspopup="dialog" onClick={onDetails}>
        <Info aria-hidden="true" size={22} />
      </IconButton>
    </header>
  );
}
