// The events that the filters find, by day, page after page.
import { classes } from "@meetinity/ui/components/classes.ts";
import { InfiniteEnd } from "@meetinity/ui/components/infinite-end.tsx";
import { Skeleton } from "@meetinity/ui/components/skeleton.tsx";
import { Failed } from "@meetinity/ui/components/state.tsx";
import { useDateReader } from "@meetinity/ui/i18n/date-reader.ts";
import { formatDay } from "@meetinity/ui/i18n/dates.ts";
import { useReadAgain } from "@meetinity/ui/offline/away.ts";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { useCallback, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../shell/client.ts";
import type { PagesState } from "../../shell/paged-list.ts";
import { usePoll } from "../../shell/use-read.ts";
import { EventRow } from "../event-row.tsx";
import list from "../list.module.css";
import { useOwnUpdates } from "../own-updates.ts";
import { byDay, type Day } from "./days.ts";
import styles from "./discover.module.css";
import { type EventInList, foundBy } from "./found.ts";
import { Loosen } from "./loosen.tsx";
import type { ChangeWanted } from "./use-wanted.ts";
import { filterOf, type Wanted } from "./wanted.ts";

interface FoundProps {
  readonly wanted: Wanted;
  readonly change: ChangeWanted;
}

/** Seats that others take are seen after so long at the latest. */
const POLL_MS = 15_000;

export function FoundEvents({ wanted, change }: FoundProps) {
  const { t } = useTranslation("discover");
  const { now } = useDateReader();
  const { viewerId } = useObservable(client.session);
  const found = foundBy(viewerId ?? "", filterOf(wanted, now));
  const refresh = useCallback(() => found.refresh(), [found]);
  const isFollowed = useOwnUpdates(() => void refresh());
  useEffect(() => {
    if (isFollowed) void refresh();
  }, [isFollowed, refresh]);
  useReadAgain(refresh);
  usePoll(POLL_MS, refresh);
  const loadMore = useCallback(() => found.loadMore(), [found]);
  const { isLate, status, error, items, hasMore } = useLatest(useObservable(found.state));
  if (status === "loading") return <Skeleton shape="events" count={5} />;
  if (status === "failed") return <Failed error={error} onRetry={() => void found.reload()} />;
  if (items.length === 0) return <Loosen wanted={wanted} now={now} change={change} />;
  return (
    <div className={classes(styles.days, isLate && styles.late)} aria-busy={isLate}>
      {byDay(items, new Date()).map((day) => (
        <DayOfEvents key={day.key} day={day} />
      ))}
      <InfiniteEnd
        hasMore={hasMore}
        loadMore={loadMore}
        skeleton={<Skeleton shape="events" count={2} />}
      >
        {t("end")}
      </InfiniteEnd>
    </div>
  );
}

/** While another list is read, the one before stays, so that nothing jumps with each letter. */
function useLatest(state: PagesState<EventInList>) {
  const latest = useRef<PagesState<EventInList> | null>(null);
  if (state.status !== "loading") latest.current = state;
  const isLate = state.status === "loading" && latest.current?.status === "ready";
  return { ...(isLate && latest.current ? latest.current : state), isLate };
}

function DayOfEvents({ day: { startsAt, events } }: { readonly day: Day<EventInList> }) {
  const { t } = useTranslation("discover");
  const reader = useDateReader();
  const name = startsAt === null ? t("now") : formatDay(startsAt, reader);
  return (
    <section className={styles.day}>
      <h2>{name}</h2>
      <ul className={list.list} aria-label={t("eventsOn", { day: name })}>
        {events.map((event) => (
          <EventRow key={event.id} event={event} />
        ))}
      </ul>
    </section>
  );
}
