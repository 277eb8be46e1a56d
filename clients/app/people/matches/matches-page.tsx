// The viewer's matches, newest first: each leads to the person and to the conversation.

import { Button, buttonClass } from "@meetinity/ui/components/button.tsx";
import { explain } from "@meetinity/ui/components/explain.ts";
import { InfiniteEnd } from "@meetinity/ui/components/infinite-end.tsx";
import { sayFailure } from "@meetinity/ui/components/notices.ts";
import { Skeleton } from "@meetinity/ui/components/skeleton.tsx";
import { Empty, Failed } from "@meetinity/ui/components/state.tsx";
import { useDateReader } from "@meetinity/ui/i18n/date-reader.ts";
import { formatDay } from "@meetinity/ui/i18n/dates.ts";
import { useReadAgain } from "@meetinity/ui/offline/away.ts";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { useTitle } from "@meetinity/ui/shell/title.ts";
import { Link } from "@tanstack/react-router";
import { Handshake, MessageCircle } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../shell/client.ts";
import { useMessage } from "../../shell/use-message.ts";
import list from "../people-list.module.css";
import { PeopleRow } from "../people-row.tsx";
import page from "../suggestions/page.module.css";
import { PeopleTabs } from "../suggestions/tabs.tsx";
import styles from "./matches.module.css";
import { type Match, matchesOf } from "./matches.ts";

export function MatchesPage() {
  const { t } = useTranslation("matches");
  useTitle(t("title"));
  const { viewerId } = useObservable(client.session);
  if (viewerId === null) return null;
  return (
    <div className={page.page}>
      <PeopleTabs viewerId={viewerId} />
      <h1>{t("title")}</h1>
      <List key={viewerId} viewerId={viewerId} />
    </div>
  );
}

function List({ viewerId }: { readonly viewerId: string }) {
  const { t } = useTranslation("matches");
  const { pages, news, see } = matchesOf(viewerId);
  const { status, error, items, hasMore } = useObservable(pages.state);
  const { count } = useObservable(news);
  const loadMore = useCallback(() => pages.loadMore(), [pages]);
  useReadAgain(() => pages.reload());
  useEffect(() => {
    if (count > 0) see();
  }, [count, see]);
  if (status === "failed") {
    return <Failed error={error} onRetry={() => void pages.reload()} />;
  }
  if (status === "loading") return <Skeleton shape="people" count={5} />;
  if (items.length === 0 && !hasMore) return <NoMatches />;
  return (
    <>
      <p className={list.lead}>{t("lead")}</p>
      <ul className={list.list} aria-label={t("title")}>
        {items.map((match) => (
          <MatchRow key={match.id} match={match} />
        ))}
      </ul>
      <InfiniteEnd hasMore={hasMore} loadMore={loadMore}>
        {t("end")}
      </InfiniteEnd>
    </>
  );
}

function MatchRow({ match: { other, createdAt, conversationId } }: { readonly match: Match }) {
  const { t } = useTranslation("matches");
  const { t: common } = useTranslation("shell");
  const dates = useDateReader();
  const [isBusy, setBusy] = useState(false);
  const refuse = () => sayFailure(t("cannotMessage", { name: other.displayName }));
  const message = useMessage(other.id, { refuse, askToConfirm: refuse });
  async function write(): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    await message().catch((error: unknown) => sayFailure(explain(error, common)));
    setBusy(false);
  }
  const content = (
    <>
      <MessageCircle aria-hidden="true" size={18} />
      <span className={styles.text}>{t("message")}</span>
      <span className="hidden-visually">
        {" "}
        · <bdi>{other.displayName}</bdi>
      </span>
    </>
  );
  return (
    <PeopleRow person={other} note={t("since", { date: formatDay(createdAt, dates) })}>
      {conversationId === null ? (
        <Button
          needsNetwork
          aria-disabled={isBusy}
          className={styles.message}
          onClick={() => void write()}
        >
          {content}
        </Button>
      ) : (
        <Link
          to="/conversations/$conversationId"
          params={{ conversationId }}
          className={`${buttonClass({})} ${styles.message}`}
        >
          {content}
        </Link>
      )}
    </PeopleRow>
  );
}

function NoMatches() {
  const { t } = useTranslation("matches");
  return (
    <Empty icon={Handshake} title={t("empty")}>
      <p>{t("emptyHint")}</p>
      <Link to="/people" className={buttonClass({ kind: "primary" })}>
        {t("meet")}
      </Link>
    </Empty>
  );
}
