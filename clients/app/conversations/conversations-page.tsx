// The list of conversations, and beside it the one that is open. A narrow window shows one of them.

import { useTitle } from "@meetinity/ui/shell/title.ts";
import { Outlet, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import styles from "./inbox.module.css";
import { InboxList } from "./inbox-list.tsx";

interface ConversationsPageProps {
  /** Below the list, while no conversation is open. */
  readonly below?: ReactNode;
}

export function ConversationsPage({ below }: ConversationsPageProps) {
  const { t } = useTranslation("conversations");
  const { conversationId } = useParams({ strict: false });
  const isOpen = conversationId !== undefined;
  // The conversation has the heading of the page as soon as it is open.
  const Heading = isOpen ? "h2" : "h1";
  return (
    <div className={styles.page} data-open={isOpen || undefined}>
      <section
        className={styles.inbox}
        aria-labelledby="inbox-heading"
        data-scrolls
        data-scroll-restoration-id="inbox"
      >
        <Heading id="inbox-heading" className={styles.heading}>
          {t("title")}
        </Heading>
        <InboxList below={!isOpen && below} />
      </section>
      <div className={styles.open}>
        {!isOpen && <Title />}
        <Outlet />
      </div>
    </div>
  );
}

function Title() {
  const { t } = useTranslation("conversations");
  useTitle(t("title"));
  return null;
}
