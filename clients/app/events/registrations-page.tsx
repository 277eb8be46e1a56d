// The reader's registrations, newest first, as they change.
import { useQuery } from "@apollo/client/react";
import { MyRegistrationsDocument } from "@meetinity/client/documents";
import type { MyRegistrationsQuery } from "@meetinity/client/operations";
import { buttonClass } from "@meetinity/ui/components/button.tsx";
import { InfiniteEnd } from "@meetinity/ui/components/infinite-end.tsx";
import { Empty, Failed, Loading } from "@meetinity/ui/components/state.tsx";
import { useDateReader } from "@meetinity/ui/i18n/date-reader.ts";
import { useTitle } from "@meetinity/ui/shell/title.ts";
import { Link } from "@tanstack/react-router";
import { Ticket } from "lucide-react";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import styles from "./list.module.css";
import { useOwnUpdates } from "./own-updates.ts";
import { formatSpan } from "./times.ts";

type Page = NonNullable<NonNullable<MyRegistrationsQuery["me"]>["registrations"]>;
type Registration = Page["edges"][number]["node"];

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
  const isFollowed = useOwnUpdates(() => void refetch().catch(() => {}));
  const { data, error, refetch, fetchMore } = useQuery(MyRegistrationsDocument, {
    skip: !isFollowed,
    fetchPolicy: "cache-and-network",
    notifyOnNetworkStatusChange: true,
  });
  const page = data?.me?.registrations as Page | null | undefined;
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
        {page.edges.map(({ node }) => (
          <li key={node.id}>
            <Row registration={node} />
          </li>
        ))}
      </ul>
      <InfiniteEnd hasMore={hasNextPage} loadMore={loadMore}>
        {t("endRegistrations")}
      </InfiniteEnd>
    </>
  );
}

function Row({ registration }: { readonly registration: Registration }) {
  const { t } = useTranslation("events");
  const { locale } = useDateReader();
  const { event, status, partySize, waitlistPosition } = registration;
  if (!event) {
    return (
      <div className={styles.row}>
        <h2>{t("unknownEvent")}</h2>
        <p>{t(`status.${status}`)}</p>
      </div>
    );
  }
  const { id, title, venue, startsAt, endsAt, timeZone } = event;
  const isCancelled = event.status === "CANCELLED";
  return (
    <Link to="/events/$eventId" params={{ eventId: id }} className={styles.row}>
      <h2>{title}</h2>
      <p>
        <time dateTime={startsAt}>{formatSpan(startsAt, endsAt, locale, timeZone)}</time>
      </p>
      {venue && <p>{venue}</p>}
      {isCancelled ? (
        <p className={styles.cancelled}>{t("cancelled")}</p>
      ) : (
        <p className={styles.seats}>
          {waitlistPosition === null
            ? `${t(`status.${status}`)} · ${t("forParty", { count: partySize })}`
            : t("position", { position: waitlistPosition })}
        </p>
      )}
    </Link>
  );
}
