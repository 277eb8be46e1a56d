// The events to come, soonest first, and a search among them.

import { Button, buttonClass } from "@meetinity/ui/components/button.tsx";
import { InfiniteEnd } from "@meetinity/ui/components/infinite-end.tsx";
import { Skeleton } from "@meetinity/ui/components/skeleton.tsx";
import { Empty, Failed } from "@meetinity/ui/components/state.tsx";
import { TextField } from "@meetinity/ui/components/text-field.tsx";
import { useReadAgain } from "@meetinity/ui/offline/away.ts";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { useTitle } from "@meetinity/ui/shell/title.ts";
import { getRouteApi, Link } from "@tanstack/react-router";
import { CalendarDays, CalendarSearch } from "lucide-react";
import { type FormEvent, useCallback, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../shell/client.ts";
import { foundBy } from "./discover/found.ts";
import { EventRow } from "./event-row.tsx";
import styles from "./list.module.css";

const route = getRouteApi("/signedIn/events");

export function EventsPage() {
  const { t } = useTranslation("events");
  useTitle(t("title"));
  const { search = "" } = route.useSearch();
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1>{t("title")}</h1>
        <Link to="/registrations" className={buttonClass({ isSmall: true })}>
          {t("myRegistrations")}
        </Link>
      </div>
      <Search key={search} search={search} />
      <Found search={search} />
    </div>
  );
}

function Search({ search }: { readonly search: string }) {
  const { t } = useTranslation("events");
  const navigate = route.useNavigate();
  function find(submitted: FormEvent<HTMLFormElement>): void {
    submitted.preventDefault();
    const wanted = String(new FormData(submitted.currentTarget).get("search") ?? "").trim();
    void navigate({ search: wanted === "" ? {} : { search: wanted } });
  }
  return (
    <search>
      <form className={styles.search} onSubmit={find}>
        <TextField
          name="search"
          type="search"
          label={t("search")}
          placeholder={t("searchHint")}
          defaultValue={search}
          maxLength={100}
        />
        <Button type="submit">{t("find")}</Button>
      </form>
    </search>
  );
}

function Found({ search }: { readonly search: string }) {
  const { t } = useTranslation("events");
  const { viewerId } = useObservable(client.session);
  const list = foundBy(viewerId ?? "", search === "" ? {} : { search });
  useEffect(() => void list.refresh(), [list]);
  useReadAgain(() => list.refresh());
  const { status, error, items, hasMore } = useObservable(list.state);
  const loadMore = useCallback(() => list.loadMore(), [list]);
  if (status === "loading") return <Skeleton shape="events" count={5} />;
  if (status === "failed") return <Failed error={error} onRetry={() => void list.reload()} />;
  if (items.length === 0) return search === "" ? <NoneComing /> : <NoneFound />;
  return (
    <>
      <ul className={styles.list} aria-label={t("title")}>
        {items.map((event) => (
          <EventRow key={event.id} event={event} />
        ))}
      </ul>
      <InfiniteEnd hasMore={hasMore} loadMore={loadMore}>
        {t("end")}
      </InfiniteEnd>
    </>
  );
}

function NoneComing() {
  const { t } = useTranslation("events");
  return <Empty icon={CalendarDays} title={t("noneComing")} />;
}

function NoneFound() {
  const { t } = useTranslation("events");
  return (
    <Empty icon={CalendarSearch} title={t("none")}>
      <p>{t("noneHint")}</p>
      <Link to="/events">{t("all")}</Link>
    </Empty>
  );
}
