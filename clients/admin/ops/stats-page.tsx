// How the running system does right now: figures that change each second, with small graphs.
import { Loading } from "@meetinity/ui/components/state.tsx";
import { useTranslation } from "react-i18next";
import page from "../parts/page.module.css";
import { Page } from "../parts/page.tsx";
import { Budgets } from "./budgets.tsx";
import { formatters } from "./formatters.ts";
import styles from "./ops.module.css";
import { Services } from "./services.tsx";
import { Spark } from "./spark.tsx";
import { type Stats, useStats } from "./stats.ts";

export function StatsPage() {
  const { t } = useTranslation("ops");
  const { minute, isLate } = useStats();
  const stats = minute.at(-1);
  return (
    <Page title={t("title")} lead={t("lead")}>
      <p role="status" className={isLate ? page.refusal : "hidden-visually"}>
        {isLate && t("late")}
      </p>
      {!stats && !isLate && <Loading />}
      {stats && (
        <>
          <Figures minute={minute} />
          <Budgets budgets={stats.budgets} />
          <Services stats={stats} />
        </>
      )}
    </Page>
  );
}

const FIGURES = [
  ["requests", (stats) => stats.requestsPerSecond, "perSecond"],
  ["failures", (stats) => stats.failuresPerSecond, "perSecond"],
  ["requestP95", (stats) => stats.requestP95Ms, "ms"],
  ["deliveryP95", (stats) => stats.deliveryP95Ms, "ms"],
  ["sockets", (stats) => stats.openSockets, "count"],
  ["subscriptions", (stats) => stats.openSubscriptions, "count"],
  ["dueJobs", (stats) => stats.dueJobs, "count"],
] as const satisfies readonly (readonly [string, (stats: Stats) => number | null, string])[];

function Figures({ minute }: { readonly minute: readonly Stats[] }) {
  const { t, i18n } = useTranslation("ops");
  const format = formatters(i18n.language);
  return (
    <dl className={styles.figures}>
      {FIGURES.map(([name, read, unit]) => {
        const values = minute.map((stats) => read(stats));
        const value = values.at(-1) ?? null;
        return (
          <div key={name} className={styles.figure}>
            <dt className={page.soft}>{t(`figures.${name}`)}</dt>
            <dd className={styles.value}>{value === null ? t("none") : format[unit](value)}</dd>
            <dd className={styles.graph}>
              <Spark values={values} />
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
