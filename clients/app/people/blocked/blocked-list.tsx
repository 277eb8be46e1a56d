// The list of people whom the viewer blocks, and the way to unblock them.
import { Button } from "@meetinity/ui/components/button.tsx";
import { explain } from "@meetinity/ui/components/explain.ts";
import { InfiniteEnd } from "@meetinity/ui/components/infinite-end.tsx";
import { say, sayFailure } from "@meetinity/ui/components/notices.ts";
import { Skeleton } from "@meetinity/ui/components/skeleton.tsx";
import { Empty, Failed } from "@meetinity/ui/components/state.tsx";
import { useReadAgain } from "@meetinity/ui/offline/away.ts";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { ShieldCheck } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "../people-list.module.css";
import { PeopleRow } from "../people-row.tsx";
import { type BlockedPerson, blockedOf } from "./blocked.ts";

interface BlockedListProps {
  readonly viewerId: string;
  /** Of the names. */
  readonly headingLevel?: 2 | 3;
}

export function BlockedList({ viewerId, headingLevel = 2 }: BlockedListProps) {
  const { t } = useTranslation("blocked");
  const { pages, unblock } = blockedOf(viewerId);
  const { status, error, items, hasMore } = useObservable(pages.state);
  const loadMore = useCallback(() => pages.loadMore(), [pages]);
  useReadAgain(() => pages.reload());
  // Blocks are made on other screens.
  useEffect(() => void pages.reload(), [pages]);
  if (status === "failed") {
    return <Failed error={error} onRetry={() => void pages.reload()} />;
  }
  if (status === "loading") return <Skeleton shape="people" count={4} />;
  if (items.length === 0 && !hasMore) {
    return (
      <Empty icon={ShieldCheck} title={t("empty")}>
        {t("emptyHint")}
      </Empty>
    );
  }
  return (
    <>
      <p className={styles.lead}>{t("lead")}</p>
      <ul className={styles.list} aria-label={t("title")}>
        {items.map((person) => (
          <PeopleRow key={person.id} person={person} headingLevel={headingLevel}>
            <Unblock person={person} unblock={unblock} />
          </PeopleRow>
        ))}
      </ul>
      <InfiniteEnd hasMore={hasMore} loadMore={loadMore}>
        {t("end")}
      </InfiniteEnd>
    </>
  );
}

interface UnblockProps {
  readonly person: BlockedPerson;
  unblock(userId: string): Promise<void>;
}

function Unblock({ person: { id, displayName: name }, unblock }: UnblockProps) {
  const { t } = useTranslation("blocked");
  const { t: common } = useTranslation("shell");
  const [isBusy, setBusy] = useState(false);
  async function lift(): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    try {
      await unblock(id);
      say(t("unblocked", { name }));
      // The row is gone, and its button with it.
      document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
    } catch (error) {
      sayFailure(explain(error, common));
      setBusy(false);
    }
  }
  return (
    <Button needsNetwork isSmall aria-disabled={isBusy} onClick={() => void lift()}>
      {t("unblock")}
      <span className="hidden-visually"> · {name}</span>
    </Button>
  );
}
