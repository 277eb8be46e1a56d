// The people whom the viewer may meet, best first.
import { buttonClass } from "@meetinity/ui/components/button.tsx";
import { InfiniteEnd } from "@meetinity/ui/components/infinite-end.tsx";
import { Empty, Failed } from "@meetinity/ui/components/state.tsx";
import { useReadAgain } from "@meetinity/ui/offline/away.ts";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { useTitle } from "@meetinity/ui/shell/title.ts";
import { Link } from "@tanstack/react-router";
import { PartyPopper, Users } from "lucide-react";
import { lazy, Suspense, useCallback } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../shell/client.ts";
import { ConfirmAddress } from "../../shell/confirm-address.tsx";
import styles from "./page.module.css";
import { useSending } from "./sending.ts";
import { CardSkeletons } from "./skeletons.tsx";
import { SuggestionList } from "./suggestion-list.tsx";
import { type Suggestions, suggestionsOf } from "./suggestions.ts";
import { PeopleTabs } from "./tabs.tsx";

const MatchDialog = lazy(() =>
  import("../matches/match-dialog.tsx").then(({ MatchDialog }) => ({ default: MatchDialog })),
);

export function SuggestionsPage() {
  const { t } = useTranslation("suggestions");
  useTitle(t("title"));
  const { viewerId } = useObservable(client.session);
  if (viewerId === null) return null;
  return (
    <div className={styles.page}>
      <PeopleTabs viewerId={viewerId} />
      <div className={styles.intro}>
        <h1>{t("title")}</h1>
        <p>{t("lead")}</p>
      </div>
      <People key={viewerId} suggestions={suggestionsOf(viewerId)} />
    </div>
  );
}

function People({ suggestions }: { readonly suggestions: Suggestions }) {
  const { pages, news } = suggestions;
  const { matched, isUnverified } = useObservable(news);
  const { status, error, items, hasMore } = useObservable(pages.state);
  const loadMore = useCallback(() => pages.loadMore(), [pages]);
  useSending(suggestions);
  useReadAgain(() => pages.reload());
  if (status === "failed") {
    return <Failed error={error} onRetry={() => void pages.reload()} />;
  }
  if (status === "loading") return <CardSkeletons />;
  return (
    <>
      {isUnverified && <ConfirmAddress />}
      <SuggestionList suggestions={suggestions} items={items} />
      {(items.length > 0 || hasMore) && (
        <InfiniteEnd hasMore={hasMore} loadMore={loadMore}>
          <End />
        </InfiniteEnd>
      )}
      {items.length === 0 && !hasMore && <Nobody hasAnswered={suggestions.hasAnswered()} />}
      <Suspense>
        {matched && <MatchDialog person={matched} onClose={suggestions.forgetNews} />}
      </Suspense>
    </>
  );
}

function End() {
  const { t } = useTranslation("suggestions");
  return (
    <>
      <strong>{t("end")}</strong> {t("endHint")}
    </>
  );
}

function Nobody({ hasAnswered }: { readonly hasAnswered: boolean }) {
  const { t } = useTranslation("suggestions");
  return (
    <Empty icon={hasAnswered ? PartyPopper : Users} title={t(hasAnswered ? "end" : "empty")}>
      <p>{t(hasAnswered ? "endHint" : "emptyHint")}</p>
      <div className={styles.ways}>
        <Link to="/profile" className={buttonClass({ kind: "primary" })}>
          {t("fillProfile")}
        </Link>
        <Link to="/events" className={buttonClass({})}>
          {t("findEvents")}
        </Link>
      </div>
    </Empty>
  );
}
