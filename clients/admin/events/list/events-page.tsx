// The events that the viewer manages: by stage, with a search.
import { buttonClass } from "@meetinity/ui/components/button.tsx";
import { classes } from "@meetinity/ui/components/classes.ts";
import { Empty } from "@meetinity/ui/components/state.tsx";
import { getRouteApi, Link } from "@tanstack/react-router";
import { CalendarPlus, CalendarX, Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { ListFrame } from "../../parts/list-frame.tsx";
import styles from "../../parts/page.module.css";
import { Page } from "../../parts/page.tsx";
import { SearchField } from "../../parts/search-field.tsx";
import { useViewer } from "../../shell/viewer.ts";
import { EventTable } from "./event-table.tsx";
import { STAGES, type Stage, useManagedEvents } from "./managed-events.ts";

const route = getRouteApi("/signedIn/events/");

export function EventsPage() {
  const { t } = useTranslation("events");
  const { isAdmin, mayCreateEvents } = useViewer();
  const { stage = "COMING", q = "" } = route.useSearch();
  const navigate = route.useNavigate();
  const list = useManagedEvents(stage, q);
  return (
    <Page title={t(isAdmin ? "titleAll" : "title")} actions={mayCreateEvents && <NewEvent />}>
      <div className={styles.bar}>
        <Stages stage={stage} q={q} />
        <SearchField
          label={t("search")}
          value={q}
          onSearch={(text) =>
            void navigate({ search: { stage, ...(text && { q: text }) }, replace: true })
          }
        />
      </div>
      <ListFrame list={list} empty={<NoEvents stage={stage} isSearch={q !== ""} />}>
        {(events) => <EventTable events={events} caption={t(`stages.${stage}`)} />}
      </ListFrame>
    </Page>
  );
}

function NewEvent() {
  const { t } = useTranslation("events");
  return (
    <Link to="/events/new" className={buttonClass({ kind: "primary" })}>
      <Plus aria-hidden="true" size={18} />
      {t("new")}
    </Link>
  );
}

function Stages({ stage, q }: { readonly stage: Stage; readonly q: string }) {
  const { t } = useTranslation("events");
  return (
    <nav className={styles.tabs} aria-label={t("stage")}>
      {STAGES.map((each) => (
        <Link
          key={each}
          to="/events"
          search={{ stage: each, ...(q && { q }) }}
          aria-current={each === stage ? "page" : undefined}
          className={classes(styles.tab, each === stage && styles.tabHere)}
        >
          {t(`stages.${each}`)}
        </Link>
      ))}
    </nav>
  );
}

function NoEvents({ stage, isSearch }: { readonly stage: Stage; readonly isSearch: boolean }) {
  const { t } = useTranslation("events");
  if (isSearch) return <Empty icon={CalendarX} title={t("noneFound")} />;
  return (
    <Empty icon={CalendarPlus} title={t(`none.${stage}`)}>
      {stage !== "CANCELLED" && stage !== "PAST" ? t("noneHint") : undefined}
    </Empty>
  );
}
