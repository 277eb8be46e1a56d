// The reader's registrations, newest first, as they change.

import { MyRegistrations, type MyRegistrationsQuery } from "@meetinity/client/operations";
import { buttonClass } from "@meetinity/ui/components/button.tsx";
import { InfiniteEnd } from "@meetinity/ui/components/infinite-end.tsx";
import { Skeleton } from "@meetinity/ui/components/skeleton.tsx";
import { Empty, Failed } from "@meetinity/ui/components/state.tsx";
import { useReadAgain } from "@meetinity/ui/offline/away.ts";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { useTitle } from "@meetinity/ui/shell/title.ts";
import { Link } from "@tanstack/react-router";
import { Ticket } from "lucide-react";
import { useCallback, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../shell/client.ts";
import { onePerViewer } from "../shell/one-per-viewer.ts";
import { Pages, pageOf } from "../shell/paged-list.ts";
import { usePoll } from "../shell/use-read.ts";
import styles from "./list.module.css";
import { useOwnUpdates } from "./own-updates.ts";
import { RegistrationRow } from "./registration-row.tsx";

type Page = NonNullable<NonNullable<MyRegistrationsQuery["me"]>["registrations"]>;
export type RegistrationInList = Page["edges"][number]["node"];

/** Others who leave the waitlist are seen after so long at the latest. */
const POLL_MS = 15_000;

const registrationsOf = onePerViewer(
  (viewerId) =>
    new Pages<RegistrationInList>(async (after, first) => {
      const { me } = await client.run(MyRegistrations, { first, after }, { viewerId });
      return me?.registrations ? pageOf(me.registrations) : { items: [], next: null };
    }),
);

export function RegistrationsPage() {
  const { t } = useTranslation("events");
  useTitle(t("myRegistrations"));
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1>{t("myRegistrations")}</h1>
        <Link to="/events" className={buttonClass({ isSmall: true })}>
          {t("findEvents")}
        </Link>
      </div>
      <Registrations />
    </div>
  );
}

function Registrations() {
  const { t } = useTranslation("events");
  const { viewerId } = useObservable(client.session);
  const list = registrationsOf(viewerId ?? "");
  const refresh = useCallback(() => list.refresh(), [list]);
  const isFollowed = useOwnUpdates(() => void refresh());
  useEffect(() => {
    if (isFollowed) void refresh();
  }, [isFollowed, refresh]);
  const { status, error, items, hasMore } = useObservable(list.state);
  const isWaiting = items.some((each) => each.status === "WAITLISTED");
  useReadAgain(refresh);
  usePoll(isWaiting ? POLL_MS : undefined, refresh);
  const loadMore = useCallback(() => list.loadMore(), [list]);
  if (status === "loading") return <Skeleton shape="events" count={4} />;
  if (status === "failed") return <Failed error={error} onRetry={() => void refresh()} />;
  if (items.length === 0) return <Empty icon={Ticket} title={t("noRegistrations")} />;
  return (
    <>
      <ul className={styles.list} aria-label={t("myRegistrations")}>
        {offersFirst(items).map((registration) => (
          <li key={registration.id}>
            <RegistrationRow registration={registration} refresh={refresh} />
          </li>
        ))}
      </ul>
      <InfiniteEnd hasMore={hasMore} loadMore={loadMore}>
        {t("endRegistrations")}
      </InfiniteEnd>
    </>
  );
}

/** They do not wait. */
function offersFirst(all: readonly RegistrationInList[]): RegistrationInList[] {
  const isOffer = ({ status }: RegistrationInList) => status === "OFFERED";
  return [...all.filter(isOffer), ...all.filter((each) => !isOffer(each))];
}
