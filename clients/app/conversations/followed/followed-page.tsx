// The page of the threads that the viewer follows, those with the latest replies first.
import { InfiniteEnd } from "@meetinity/ui/components/infinite-end.tsx";
import { Skeleton } from "@meetinity/ui/components/skeleton.tsx";
import { Empty, Failed } from "@meetinity/ui/components/state.tsx";
import card from "@meetinity/ui/look/card.module.css";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { useTitle } from "@meetinity/ui/shell/title.ts";
import { MessagesSquare } from "lucide-react";
import { useCallback, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Back } from "../../shell/back.tsx";
import { client } from "../../shell/client.ts";
import styles from "./followed.module.css";
import { followedOf } from "./followed.ts";
import { FollowedCard } from "./followed-card.tsx";

export function FollowedPage() {
  const { t } = useTranslation("followed");
  useTitle(t("title"));
  const { viewerId } = useObservable(client.session);
  return (
    <div className={card.page}>
      <Back to="/" />
      <h1>{t("title")}</h1>
      {viewerId !== null && <FollowedList key={viewerId} viewerId={viewerId} />}
    </div>
  );
}

function FollowedList({ viewerId }: { readonly viewerId: string }) {
  const { t } = useTranslation("followed");
  const followed = followedOf(viewerId);
  const { pages } = followed;
  const { status, error, items, hasMore } = useObservable(pages.state);
  const loadMore = useCallback(() => pages.loadMore(), [pages]);
  useEffect(() => followed.followList(), [followed]);
  if (status === "failed") return <Failed error={error} onRetry={() => void pages.reload()} />;
  if (status === "loading") return <Skeleton shape="people" count={3} />;
  if (items.length === 0 && !hasMore) {
    return (
      <Empty icon={MessagesSquare} title={t("empty")}>
        {t("emptyHint")}
      </Empty>
    );
  }
  return (
    <>
      <ul className={styles.list} aria-label={t("title")}>
        {items.map((thread) => (
          <FollowedCard key={thread.id} thread={thread} viewerId={viewerId} />
        ))}
      </ul>
      <InfiniteEnd hasMore={hasMore} loadMore={loadMore}>
        {t("end")}
      </InfiniteEnd>
    </>
  );
}
