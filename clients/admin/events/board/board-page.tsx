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
  const event = useEvent();
  const mayDecide = event.viewerRights.includes("EDIT") && event.status !== "CANCELLED";
  const { status = null, q = "", type = null } = route.useSearch();
  const list = useRegistrations({ eventId: event.id, status, search: q, ticketType: type });
  const isFiltered = status !== null || q !== "" || type !== null;
  return (
    <>
      <Figures event={event} />
      <div className={page.bar}>
        <Tabs />
        <Tools />
      </div>
      <ListFrame list={list} empty={<Nobody isFiltered={isFiltered} />}>
        {(registrations) => (
          <>
            {mayDecide && <ApproveAll registrations={registrations} />}
            <RegistrationTable registrations={registrations} />
          </>
        )}
      </ListFrame>
    </>
  );
}

/** The search, the ticket type, and the file of all. */
function Tools() {
  const { t } = useTranslation("board");
  const { id, ticketTypes } = useEvent();
  const { q = "", type = "" } = route.useSearch();
  const navigate = route.useNavigate();
  const change = (changed: { readonly q?: string; readonly type?: string }) =>
    void navigate({ search: (last) => ({ ...last, ...changed }), replace: true });
  return (
    <div className={styles.tools}>
      <SearchField label={t("search")} value={q} onSearch={(text) => change({ q: text })} />
      {ticketTypes.length > 0 && (
        <select
          className={styles.filter}
          aria-label={t("ticketType")}
          value={type}
          onChange={({ currentTarget }) => change({ type: currentTarget.value })}
        >
          <option value="">{t("allTypes")}</option>
          {ticketTypes.map(({ id: value, name }) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
      )}
      <ExportButton eventId={id} />
    </div>
  );
}

/** All registrations, and those of each state, with their numbers. */
function Tabs() {
  const { t, i18n } = useTranslation("board");
  const { id: eventId, registrationTotals } = useEvent();
  const { status, ...others } = route.useSearch();
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
          search={{ ...others, ...(each.status && { status: each.status }) }}
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
