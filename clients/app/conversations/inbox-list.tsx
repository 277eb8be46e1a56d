// The list of conversations with all its states: it loads, it failed, it is empty, it goes on.

import { InfiniteEnd } from "@meetinity/ui/components/infinite-end.tsx";
import { Slow } from "@meetinity/ui/components/slow.tsx";
import { Empty, Failed } from "@meetinity/ui/components/state.tsx";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { MessagesSquare } from "lucide-react";
import { type ComponentType, type KeyboardEvent, lazy, type ReactNode, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../shell/client.ts";
import styles from "./inbox.module.css";
import { useInbox } from "./inbox-context.tsx";
import { InboxRow } from "./inbox-row.tsx";
import type { ListName } from "./list/lists.ts";
import { useRowMenu } from "./list/use-row-menu.tsx";

/** Most people have none. Without a network they lead nowhere. */
const ListLinks = lazy<ComponentType<{ readonly viewerId: string }>>(() =>
  import("./list/list-links.tsx").then(
    ({ ListLinks: Part }) => ({ default: Part }),
    () => ({ default: () => null }),
  ),
);

interface InboxListProps {
  readonly list: ListName | undefined;
  /** Below the list. It comes with the rows, or else they would move it. */
  readonly below?: ReactNode;
}

export function InboxList({ list, below }: InboxListProps) {
  const { state, retry } = useInbox();
  const { viewerId } = useObservable(client.session);
  const { status, rows, error } = state;
  if (status === "failed") return <Failed error={error} onRetry={retry} />;
  if (status === "loading" && rows.length === 0) return <Skeleton />;
  return (
    <>
      <Suspense>
        {viewerId !== null && list === undefined && (
          <ListLinks key={viewerId} viewerId={viewerId} />
        )}
      </Suspense>
      {rows.length === 0 ? <NoConversations list={list} /> : <Rows list={list} />}
      {below}
    </>
  );
}

type OfList = Pick<InboxListProps, "list">;

function Rows({ list }: OfList) {
  const { t } = useTranslation("conversations");
  const { state, loadMore } = useInbox();
  const { rows, hasMore } = state;
  const { openMenu, menu } = useRowMenu(rows);
  return (
    <>
      <ul aria-label={t("title")} className={styles.rows} onKeyDown={moveFocus}>
        {rows.map((row) => (
          <li key={row.id} className={styles.item}>
            <InboxRow row={row} onMenu={openMenu} />
          </li>
        ))}
      </ul>
      <InfiniteEnd hasMore={hasMore} loadMore={loadMore}>
        {list === undefined && t("inbox.end")}
      </InfiniteEnd>
      {menu}
    </>
  );
}

function NoConversations({ list }: OfList) {
  const { t } = useTranslation("conversations");
  if (list !== undefined) return <Empty icon={MessagesSquare} title={t(`lists.none.${list}`)} />;
  return (
    <Empty icon={MessagesSquare} title={t("empty")}>
      {t("inbox.howToBegin")}
    </Empty>
  );
}

function Skeleton() {
  const { t } = useTranslation("shell");
  return (
    <div role="status" aria-label={t("loading")} className={styles.rows}>
      {["a", "b", "c", "d", "e", "f"].map((key) => (
        <div key={key} className={styles.skeleton}>
          <span />
          <span />
          <span />
        </div>
      ))}
      <Slow />
    </div>
  );
}

/** The arrow keys go from row to row. */
function moveFocus(event: KeyboardEvent<HTMLUListElement>): void {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (step === undefined) return;
  const links = [...event.currentTarget.querySelectorAll("a")];
  const next = links[links.findIndex((link) => link.matches(":focus")) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
