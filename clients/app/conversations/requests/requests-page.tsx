// The page of the message requests: what strangers wrote, and groups to which they invite.
import { InfiniteEnd } from "@meetinity/ui/components/infinite-end.tsx";
import { Skeleton } from "@meetinity/ui/components/skeleton.tsx";
import { Empty, Failed } from "@meetinity/ui/components/state.tsx";
import card from "@meetinity/ui/look/card.module.css";
import { useReadAgain } from "@meetinity/ui/offline/away.ts";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { useTitle } from "@meetinity/ui/shell/title.ts";
import { Inbox } from "lucide-react";
import { useCallback, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Back } from "../../shell/back.tsx";
import { client } from "../../shell/client.ts";
import { RequestCard } from "./request-card.tsx";
import styles from "./requests.module.css";
import { requestsOf } from "./requests.ts";

export function RequestsPage() {
  const { t } = useTranslation("requests");
  useTitle(t("title"));
  const { viewerId } = useObservable(client.session);
  return (
    <div className={card.page}>
      <Back to="/" />
      <h1>{t("title")}</h1>
      {viewerId !== null && <RequestList key={viewerId} viewerId={viewerId} />}
    </div>
  );
}

function RequestList({ viewerId }: { readonly viewerId: string }) {
  const { t } = useTranslation("requests");
  const requests = requestsOf(viewerId);
  const { pages } = requests;
  const { status, error, items, hasMore } = useObservable(pages.state);
  const loadMore = useCallback(() => pages.loadMore(), [pages]);
  useReadAgain(() => pages.reload());
  useEffect(() => requests.follow(), [requests]);
  if (status === "failed") return <Failed error={error} onRetry={() => void pages.reload()} />;
  if (status === "loading") return <Skeleton shape="people" count={3} />;
  if (items.length === 0 && !hasMore) {
    return (
      <Empty icon={Inbox} title={t("empty")}>
        {t("emptyHint")}
      </Empty>
    );
  }
  return (
    <>
      <p className={styles.lead}>{t("lead")}</p>
      <ul className={styles.list} aria-label={t("title")}>
        {items.map((request) => (
          <RequestCard key={request.id} request={request} viewerId={viewerId} />
        ))}
      </ul>
      <InfiniteEnd hasMore={hasMore} loadMore={loadMore}>
        {t("end")}
      </InfiniteEnd>
    </>
  );
}
