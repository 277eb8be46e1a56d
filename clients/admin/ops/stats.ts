// The figures of the running system as they come, and those of the last minute for small graphs.
import { useApolloClient } from "@apollo/client/react";
import { OpsStatsDocument } from "@meetinity/client/documents";
import type { OpsStatsSubscription } from "@meetinity/client/operations";
import { useEffect, useState } from "react";

export type Stats = OpsStatsSubscription["opsStats"];

export interface LiveStats {
  /** The figures of the last minute, the newest last. */
  readonly minute: readonly Stats[];
  /** Whether none have come for a while: they are out of date. */
  readonly isLate: boolean;
}

const MINUTE = 60;
const LATE_MS = 5_000;
const AGAIN_MS = 3_000;

export function useStats(): LiveStats {
  const apollo = useApolloClient();
  const [live, setLive] = useState<LiveStats>({ minute: [], isLate: false });
  useEffect(() => {
    let again: ReturnType<typeof setTimeout> | undefined;
    let late: ReturnType<typeof setTimeout> | undefined;
    let subscription: { unsubscribe(): void } | undefined;
    const wait = () => {
      clearTimeout(late);
      late = setTimeout(() => setLive((known) => ({ ...known, isLate: true })), LATE_MS);
    };
    const take = (stats: Stats) => {
      setLive(({ minute }) => ({ minute: [...minute, stats].slice(-MINUTE), isLate: false }));
      wait();
    };
    const open = () => {
      subscription = apollo.subscribe({ query: OpsStatsDocument }).subscribe({
        next: ({ data }) => data && take(data.opsStats),
        error: openLater,
        complete: openLater,
      });
    };
    const openLater = () => {
      again = setTimeout(open, AGAIN_MS);
    };
    wait();
    open();
    return () => {
      subscription?.unsubscribe();
      clearTimeout(again);
      clearTimeout(late);
    };
  }, [apollo]);
  return live;
}
