// The list of conversations up to its end, read page by page as long as it is wanted.
import { explain } from "@meetinity/ui/components/explain.ts";
import { sayFailure } from "@meetinity/ui/components/notices.ts";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useInbox } from "../inbox-context.tsx";

export function useWholeList(isWanted: boolean) {
  const { t } = useTranslation("shell");
  const { state, loadMore } = useInbox();
  const { rows, hasMore } = state;
  const [hasFailed, setFailed] = useState(false);
  const isReading = isWanted && hasMore && !hasFailed;
  const next = useRef(loadMore);
  next.current = loadMore;
  const count = rows.length;
  useEffect(() => {
    if (!isWanted) setFailed(false);
  }, [isWanted]);
  useEffect(() => {
    if (!isReading || count < 0) return;
    next.current().catch((error: unknown) => {
      setFailed(true);
      sayFailure(explain(error, t));
    });
  }, [isReading, count, t]);
  return { rows, isReading };
}
