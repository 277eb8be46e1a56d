// The picture of a conversation: the other one's, a group's, or that of the note to self.
import type { ConversationState } from "@meetinity/client";
import { Avatar } from "@meetinity/ui/components/avatar.tsx";
import { NotebookPen } from "lucide-react";
import { otherOf } from "./names.ts";
import styles from "./picture.module.css";

interface PictureProps {
  readonly id: string;
  readonly name: string;
  /** Null while it loads. */
  readonly kind: ConversationState["kind"];
  readonly members: Parameters<typeof otherOf>[0]["members"];
  readonly viewerId: string | null;
  /** Of a group. */
  readonly pictureUrl: string | null;
}

export function Picture({ id, name, kind, members, viewerId, pictureUrl }: PictureProps) {
  if (kind === "NOTE") {
    return (
      <span className={styles.note}>
        <NotebookPen aria-hidden="true" size={20} />
      </span>
    );
  }
  const other = otherOf({ kind, members }, viewerId);
  return (
    <Avatar
      id={other?.id ?? id}
      name={name}
      kind={kind === "GROUP" ? "group" : "person"}
      picture={other ? other.avatarUrl : pictureUrl}
    />
  );
}
