// The list of conversations, and beside it the one that is open. A narrow window shows one of them.

import { useTitle } from "@meetinity/ui/shell/title.ts";
import { Outlet, useParams, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import styles from "./inbox.module.css";
import { InboxOf } from "./inbox-context.tsx";
import { InboxList } from "./inbox-list.tsx";
import { HEADING_ID, ListHeading } from "./list/list-heading.tsx";
import { listOf } from "./list/lists.ts";

interface ConversationsPageProps {
  /** Below the list, while no conversation is open. */
  readonly below?: ReactNode;
}

export function ConversationsPage({ below }: ConversationsPageProps) {
  const { conversationId } = useParams({ strict: false });
  const { list } = listOf(useSearch({ strict: false }));
  const isOpen = conversationId !== undefined;
  return (
    <div className={styles.page} data-open={isOpen || undefined}>
      <section
        className={styles.inbox}
        aria-labelledby={HEADING_ID}
        data-scrolls
        data-scroll-restoration-id="inbox"
      >
        <ListHeading list={list} isBeside={isOpen} />
        <InboxOf list={list}>
          <InboxList list={list} below={!isOpen && list === undefined && below} />
        </InboxOf>
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
