// The live board of an event: how full it is, and who has a seat, waits or has left.
import { classes } from "@meetinity/ui/components/classes.ts";
import { Empty } from "@meetinity/ui/components/state.tsx";
import { getRouteApi, Link } from "@tanstack/react-router";
import { EyeOff, Users } from "lucide-react";
import { useTranslation } from "react-i18next";
import { ListFrame } from "../../parts/list-frame.tsx";
import page from "../../parts/page.module.css";
import { SearchField } from "../../parts/search-field.tsx";
import { useEvent } from "../event-page.tsx";
import { ApproveAll } from "./approve-all.tsx";
import styles from "./board.module.css";
import { ExportButton } from "./export-button.tsx";
import { Figures } from "./figures.tsx";
import { RegistrationTable } from "./registration-table.tsx";
import { useRegistrations } from "./registrations.ts";
import { totalsOf } from "./statuses.ts";

const route = getRouteApi("/signedIn/events/$eventId/");

export function BoardPage() {
  const { t } = useTranslation("board");
  const { viewerRights } = useEvent();
  if (!viewerRights.includes("SEE_PEOPLE")) return <Empty icon={EyeOff} title={t("notYours")} />;
  return <Board />;
}

function Board() {
  const { t } = useTranslation("board");
  const event = useEvent();
  const { viewerRights } = event;
  const { status = null, q = "" } = route.useSearch();
  const navigate = route.useNavigate();
  const list = useRegistrations({ eventId: event.id, status, search: q });
  const search = (text: string) =>
    navigate({ search: { ...(status && { status }), ...(text && { q: text }) }, replace: true });
  return (
    <>
      <Figures event={event} />
      <div className={page.bar}>
        <Tabs />
        <div className={styles.tools}>
          <SearchField label={t("search")} value={q} onSearch={(text) => void search(text)} />
          <ExportButton eventId={event.id} />
        </div>
      </div>
      <ListFrame list={list} empty={<Nobody isFiltered={status !== null || q !== ""} />}>
        {(registrations) => (
          <>
            {viewerRights.includes("EDIT") && <ApproveAll registrations={registrations} />}
            <RegistrationTable registrations={registrations} />
          </>
        )}
      </ListFrame>
    </>
  );
}

/** All registrations, and those of each state, with their numbers. */
function Tabs() {
  const { t, i18n } = useTranslation("board");
  const { id: eventId, registrationTotals } = useEvent();
  const { status, q } = route.useSearch();
  const totals = totalsOf(registrationTotals);
  const all = { status: undefined, count: totals.reduce((sum, { count }) => sum + count, 0) };
  const format = new Intl.NumberFormat(i18n.language);
  return (
    <nav className={page.tabs} aria-label={t("state")}>
      {[all, ...totals].map((each) => (
        <Link
          key={each.status ?? "all"}
          to="/events/$eventId"
          params={{ eventId }}
          search={{ ...(each.status && { status: each.status }), ...(q && { q }) }}
          aria-current={each.status === status ? "page" : undefined}
          className={classes(page.tab, each.status === status && page.tabHere)}
        >
          {t(each.status ? `statuses.${each.status}` : "all")}
          <span className={page.count}>{format.format(each.count)}</span>
        </Link>
      ))}
    </nav>
  );
}

function Nobody({ isFiltered }: { readonly isFiltered: boolean }) {
  const { t } = useTranslation("board");
  const { status } = useEvent();
  if (isFiltered) return <Empty icon={Users} title={t("noneFound")} />;
  return (
    <Empty icon={Users} title={t("none")}>
      {t(status === "DRAFT" ? "noneDraft" : "noneHint")}
    </Empty>
  );
}
