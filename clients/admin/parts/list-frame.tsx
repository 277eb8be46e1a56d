// Around the rows of a list: it loads, it failed, it is empty, or there is more.
import { Button } from "@meetinity/ui/components/button.tsx";
import { explain } from "@meetinity/ui/components/explain.ts";
import { sayFailure } from "@meetinity/ui/components/notices.ts";
import { Failed, Loading } from "@meetinity/ui/components/state.tsx";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { List } from "./list.ts";
import styles from "./page.module.css";

interface ListFrameProps<Node> {
  readonly list: List<Node>;
  /** In place of rows where there are none. */
  readonly empty: ReactNode;
  readonly children: (rows: readonly Node[]) => ReactNode;
}

export function ListFrame<Node>({ list, empty, children }: ListFrameProps<Node>) {
  const { rows, error, retry, loadMore } = list;
  if (!rows) return error ? <Failed error={error} onRetry={retry} /> : <Loading />;
  if (rows.length === 0) return empty;
  return (
    <>
      {children(rows)}
      {loadMore && <More loadMore={loadMore} />}
    </>
  );
}

function More({ loadMore }: { readonly loadMore: () => Promise<void> }) {
  const { t } = useTranslation("shell");
  const [isBusy, setBusy] = useState(false);
  async function load(): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    await loadMore().catch((error: unknown) => sayFailure(explain(error, t)));
    setBusy(false);
  }
  return (
    <div className={styles.more}>
      <Button aria-disabled={isBusy} onClick={() => void load()}>
        {t("more")}
      </Button>
    </div>
  );
}
