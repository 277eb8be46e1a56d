// The ways to the latest message, and to the next one that mentions the reader.

import { Button } from "@meetinity/ui/components/button.tsx";
import { ArrowDown, AtSign } from "lucide-react";
import type { ReactNode } from "react";
import styles from "./log.module.css";
import { useReader } from "./reader.tsx";

interface PillsProps {
  readonly children: ReactNode;
}

export function Pills({ children }: PillsProps) {
  return <div className={styles.pill}>{children}</div>;
}

interface PillProps {
  readonly unread: number;
  readonly onClick: () => void;
}

export function MentionPill({ unread, onClick }: PillProps) {
  const { t } = useReader();
  return (
    <Button isSmall kind="primary" onClick={onClick}>
      <AtSign aria-hidden="true" size={16} />
      {t("mentioning.jump", { count: unread })}
    </Button>
  );
}

export function Pill({ unread, onClick }: PillProps) {
  const { t } = useReader();
  return (
    <Button isSmall kind={unread > 0 ? "primary" : "secondary"} onClick={onClick}>
      <ArrowDown aria-hidden="true" size={16} />
      {unread > 0 ? t("newBelow", { count: unread }) : t("jumpToLatest")}
    </Button>
  );
}
