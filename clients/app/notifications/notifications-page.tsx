// The reader's notifications, newest first: each leads to what it is about.
import { Button, buttonClass } from "@meetinity/ui/components/button.tsx";
import { explain } from "@meetinity/ui/components/explain.ts";
import { InfiniteEnd } from "@meetinity/ui/components/infinite-end.tsx";
import { sayFailure } from "@meetinity/ui/components/notices.ts";
import { Skeleton } from "@meetinity/ui/components/skeleton.tsx";
import { Empty, Failed } from "@meetinity/ui/components/state.tsx";
import { useReadAgain } from "@meetinity/ui/offline/away.ts";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { useTitle } from "@meetinity/ui/shell/title.ts";
import { Link } from "@tanstack/react-router";
import { Bell, Settings2 } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { notificationsOf } from "../shell/bell/notifications.ts";
import { client } from "../shell/client.ts";
import { NotificationRow } from "./notification-row.tsx";
import styles from "./notifications.module.css";

export function NotificationsPage() {
  const { t } = useTranslation("notifications");
  useTitle(t("title"));
  const { viewerId } = useObservable(client.session);
  if (viewerId === null) return null;
  return (
    <div className={styles.page}>
      <List key={viewerId} viewerId={viewerId} />
    </div>
  );
}

function List({ viewerId }: { readonly viewerId: string }) {
  const { t, i18n } = useTranslation("notifications");
  const { pages, unseen, see } = notificationsOf(viewerId);
  const { status, error, items, hasMore } = useObservable(pages.state);
  const count = useObservable(unseen);
  const loadMore = useCallback(() => pages.loadMore(), [pages]);
  const { language } = i18n;
  // The texts are in the language of the page.
  useEffect(() => void (language && pages.reload()), [pages, language]);
  useReadAgain(() => pages.reload());
  const newest = items[0]?.id;
  useEffect(() => {
    if (count > 0 && newest !== undefined) void see(newest);
  }, [count, newest, see]);
  return (
    <>
      <div className={styles.head}>
        <h1>{t("title")}</h1>
        <div className={styles.actions}>
          {newest !== undefined && items.some(({ isRead }) => !isRead) && (
            <ReadAll viewerId={viewerId} newest={newest} />
          )}
          <Link
            to="/settings/notifications"
            className={buttonClass({ kind: "plain", isSmall: true }, true)}
            aria-label={t("choose")}
            title={t("choose")}
          >
            <Settings2 aria-hidden="true" />
          </Link>
        </div>
      </div>
      {status === "failed" && <Failed error={error} onRetry={() => void pages.reload()} />}
      {status === "loading" && <Skeleton shape="people" count={5} />}
      {status === "ready" && items.length === 0 && (
        <Empty icon={Bell} title={t("empty")}>
          {t("emptyHint")}
        </Empty>
      )}
      {items.length > 0 && (
        <>
          <ul className={styles.list} aria-label={t("title")}>
            {items.map((notification) => (
              <NotificationRow
                key={notification.id}
                viewerId={viewerId}
                notification={notification}
              />
            ))}
          </ul>
          <InfiniteEnd hasMore={hasMore} loadMore={loadMore}>
            {t("end")}
          </InfiniteEnd>
        </>
      )}
    </>
  );
}

interface ReadAllProps {
  readonly viewerId: string;
  readonly newest: string;
}

function ReadAll({ viewerId, newest }: ReadAllProps) {
  const { t } = useTranslation("notifications");
  const { t: common } = useTranslation("shell");
  const [isBusy, setBusy] = useState(false);
  const { readAll } = notificationsOf(viewerId);
  async function run(): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    await readAll(newest).catch((error: unknown) => sayFailure(explain(error, common)));
    setBusy(false);
  }
  return (
    <Button needsNetwork isSmall aria-disabled={isBusy} onClick={() => void run()}>
      {t("readAll")}
    </Button>
  );
}
