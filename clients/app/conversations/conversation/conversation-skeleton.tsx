// The place of a conversation while it loads.

import { Slow } from "@meetinity/ui/components/slow.tsx";
import { useTitle } from "@meetinity/ui/shell/title.ts";
import { Link } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import { useTranslation } from "react-i18next";
import { listOf } from "../list/lists.ts";
import styles from "./conversation.module.css";
import skeleton from "./skeleton.module.css";

const BUBBLES = ["first", "second", "third", "fourth", "fifth", "sixth"];

export function ConversationSkeleton() {
  const { t } = useTranslation("conversation");
  const { t: common } = useTranslation("shell");
  useTitle("");
  return (
    <div className={styles.conversation} role="status" aria-label={common("loading")}>
      <div className={styles.header}>
        <Link to="/" search={listOf} className={styles.back} aria-label={t("back")}>
          <ArrowLeft aria-hidden="true" size={22} />
        </Link>
        <div className={skeleton.picture} />
        <div className={skeleton.title} />
      </div>
      <div className={skeleton.bubbles}>
        {BUBBLES.map((key) => (
          <div key={key} className={skeleton.bubble} />
        ))}
      </div>
      <Slow />
    </div>
  );
}
