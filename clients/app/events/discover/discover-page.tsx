// The events to come: a search among them as one types, filters, and the list by day.
import { Button, buttonClass } from "@meetinity/ui/components/button.tsx";
import { useTitle } from "@meetinity/ui/shell/title.ts";
import { Link } from "@tanstack/react-router";
import { SlidersHorizontal } from "lucide-react";
import { lazy, Suspense, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import list from "../list.module.css";
import styles from "./discover.module.css";
import { Filters, TagFilters } from "./filters.tsx";
import { FoundEvents } from "./found-events.tsx";
import { SearchField } from "./search-field.tsx";
import { useWanted } from "./use-wanted.ts";
import { countOf } from "./wanted.ts";

const FilterPanel = lazy(() =>
  import("./filter-panel.tsx").then((module) => ({ default: module.FilterPanel })),
);

export function DiscoverPage() {
  const { t } = useTranslation("discover");
  const [wanted, change] = useWanted();
  const [isOpen, setOpen] = useState(wanted.from !== undefined || wanted.to !== undefined);
  const panel = useId();
  const count = countOf(wanted);
  useTitle(t("title"));
  return (
    <div className={list.page}>
      <div className={list.head}>
        <h1>{t("title")}</h1>
        <Link to="/registrations" className={buttonClass({ isSmall: true })}>
          {t("myRegistrations")}
        </Link>
      </div>
      <search className={styles.controls}>
        <div className={styles.bar}>
          <SearchField search={wanted.search ?? ""} change={change} />
          <Button
            aria-expanded={isOpen}
            aria-controls={isOpen ? panel : undefined}
            onClick={() => setOpen(!isOpen)}
          >
            <SlidersHorizontal aria-hidden="true" />
            <span className={styles.label}>
              {count > 0 ? t("filtersOn", { count }) : t("filters")}
            </span>
            {count > 0 && (
              <span aria-hidden="true" className={styles.count}>
                {count}
              </span>
            )}
          </Button>
        </div>
        <Suspense>{isOpen && <FilterPanel id={panel} wanted={wanted} change={change} />}</Suspense>
        <Filters wanted={wanted} change={change} />
        <TagFilters wanted={wanted} change={change} />
      </search>
      <FoundEvents wanted={wanted} change={change} />
    </div>
  );
}
