// The services of the running system, and how the processes of each do.
import { Badge } from "@meetinity/ui/components/badge.tsx";
import { classes } from "@meetinity/ui/components/classes.ts";
import { useTranslation } from "react-i18next";
import { Moment } from "../parts/moment.tsx";
import page from "../parts/page.module.css";
import { formatters } from "./formatters.ts";
import styles from "./ops.module.css";
import type { Stats } from "./stats.ts";

type Service = Stats["services"][number];

export function Services({ stats }: { readonly stats: Stats }) {
  const { t } = useTranslation("ops");
  return (
    <section className={page.column} aria-labelledby="services">
      <h2 id="services">{t("services.title")}</h2>
      <div className={page.frame}>
        <table className={classes(page.table, styles.services)}>
          <caption className="hidden-visually">{t("services.title")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("services.service")}</th>
              <th scope="col">{t("services.processes")}</th>
              <th scope="col">{t("figures.requests")}</th>
              <th scope="col">{t("figures.failures")}</th>
              <th scope="col">{t("figures.requestP95")}</th>
              <th scope="col">{t("services.eventLoop")}</th>
              <th scope="col">{t("services.memory")}</th>
              <th scope="col">{t("services.startedAt")}</th>
            </tr>
          </thead>
          <tbody>
            {stats.services.map((service) => (
              <ServiceRow key={service.name} service={service} readAt={stats.readAt} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

interface RowProps {
  readonly service: Service;
  readonly readAt: string;
}

function ServiceRow({ service, readAt }: RowProps) {
  const { t, i18n } = useTranslation("ops");
  const format = formatters(i18n.language);
  const { name, seenAt, silentProcesses, requestP95Ms } = service;
  const cell = (label: string, text: string) => (
    <td data-label={label} className={page.number}>
      {text}
    </td>
  );
  const count = Math.round((Date.parse(readAt) - Date.parse(seenAt)) / 1_000);
  return (
    <tr>
      <td>
        <span className={page.with}>
          <span className={page.strong}>{name}</span>
          {silentProcesses > 0 && <Badge tone="bad">{t("services.silent", { count })}</Badge>}
        </span>
      </td>
      {cell(t("services.processes"), format.count(service.processes))}
      {cell(t("figures.requests"), format.perSecond(service.requestsPerSecond))}
      {cell(t("figures.failures"), format.perSecond(service.failuresPerSecond))}
      {cell(t("figures.requestP95"), requestP95Ms === null ? t("none") : format.ms(requestP95Ms))}
      {cell(t("services.eventLoop"), format.ms(service.eventLoopMs))}
      {cell(t("services.memory"), format.megabytes(service.memoryMb))}
      <td data-label={t("services.startedAt")}>
        <Moment at={service.startedAt} />
      </td>
    </tr>
  );
}
