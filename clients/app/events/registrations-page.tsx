// The reader's registrations, newest first, as they change.
import { useQuery } from "@apollo/client/react";
import { MyRegistrationsDocument } from "@meetinity/client/documents";
import type { MyRegistrationsQuery } from "@meetinity/client/operations";
import { buttonClass } from "@meetinity/ui/components/button.tsx";
import { InfiniteEnd } from "@meetinity/ui/components/infinite-end.tsx";
import { Empty, Failed, Loading } from "@meetinity/ui/components/state.tsx";
import { useTitle } from "@meetinity/ui/shell/title.ts";
import { Link } from "@tanstack/react-router";
import { Ticket } from "lucide-react";
import { useCallback, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import styles from "./list.module.css";
import { useOwnUpdates } from "./own-updates.ts";
import { RegistrationRow } from "./registration-row.tsx";

type Page = NonNullable<NonNullable<MyRegistrationsQuery["me"]>["registrations"]>;
export type RegistrationInList = Page["edges"][number]["node"];

/** Others who leave the waitlist are seen after so long at the latest. */
const POLL_MS = 15_000;

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
  const isFollowed = useOwnUpdates(() => void refresh().catch(() => {}));
  const { data, error, refetch, fetchMore } = useQuery(MyRegistrationsDocument, {
    skip: !isFollowed,
    fetchPolicy: "cache-and-network",
    notifyOnNetworkStatusChange: true,
  });
  const page = data?.me?.registrations as Page | null | undefined;
  const shown = page?.edges.length ?? 0;
  // As many as are shown: the first page alone would take the others away.
  const refresh = () => refetch({ first: Math.min(Math.max(20, shown), 100) }).then(() => {});
  const isWaiting = page?.edges.some(({ node }) => node.status === "WAITLISTED") ?? false;
  usePoll(isWaiting, refresh);
  const { hasNextPage = false, endCursor: after = null } = page?.pageInfo ?? {};
  const loadMore = useCallback(
    () => fetchMore({ variables: { after } }).then(() => {}),
    [fetchMore, after],
  );
  if (!page) {
    if (!error) return <Loading />;
    return <Failed error={error} onRetry={() => void refetch().catch(() => {})} />;
  }
  if (page.edges.length === 0) return <Empty icon={Ticket} title={t("noRegistrations")} />;
  return (
    <>
      <ul className={styles.list} aria-label={t("myRegistrations")}>
        {offersFirst(page).map((registration) => (
          <li key={registration.id}>
            <RegistrationRow registration={registration} refresh={refresh} />
          </li>
        ))}
      </ul>
      <InfiniteEnd hasMore={hasNextPage} loadMore={loadMore}>
        {t("endRegistrations")}
      </InfiniteEnd>
    </>
  );
}

/** They do not wait. */
function offersFirst({ edges }: Page): RegistrationInList[] {
  const all = edges.map(({ node }) => node);
  const isOffer = ({ status }: RegistrationInList) => status === "OFFERED";
  return [...all.filter(isOffer), ...all.filter((each) => !isOffer(each))];
}

/** Reads anew from time to time while the page is seen. */
function usePoll(isOn: boolean, read: () => Promise<void>): void {
  const latest = useRef(read);
  latest.current = read;
  useEffect(() => {
    if (!isOn) return;
    const timer = setInterval(() => {
      if (!document.hidden) void latest.current().catch(() => {});
    }, POLL_MS);
    return () => clearInterval(timer);
  }, [isOn]);
}
