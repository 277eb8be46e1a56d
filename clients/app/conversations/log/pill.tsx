// The way back to the latest message.

import { Button } from "@meetinity/ui/components/button.tsx";
import { ArrowDown } from "lucide-react";
import styles from "./log.module.css";
import { useReader } from "./reader.tsx";

interface PillProps {
  readonly unread: number;
  readonly onClick: () => void;
}

export function Pill({ unread, onClick }: PillProps) {
  const { t } = useReader();
  return (
    <div className={styles.pill}>
      <Button isSmall kind={unread > 0 ? "primary" : "secondary"} onClick={onClick}>
        <ArrowDown aria-hidden="true" size={16} />
        {unread > 0 ? t("newBelow", { count: unread }) : t("jumpToLatest")}
      </Button>
    </div>
  );
}
