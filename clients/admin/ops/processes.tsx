// The processes of the running system, and how each of them does.
import { Badge } from "@meetinity/ui/components/badge.tsx";
import { useTranslation } from "react-i18next";
import { Moment } from "../parts/moment.tsx";
import page from "../parts/page.module.css";
import { formatters } from "./formatters.ts";
import type { Stats } from "./stats.ts";

type Process = Stats["processes"][number];

export function Processes({ stats }: { readonly stats: Stats }) {
  const { t } = useTranslation("ops");
  return (
    <section className={page.column} aria-labelledby="processes">
      <h2 id="processes">{t("processes.title")}</h2>
      <div className={page.frame}>
        <table className={page.table}>
          <caption className="hidden-visually">{t("processes.title")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("processes.service")}</th>
              <th scope="col">{t("figures.requests")}</th>
              <th scope="col">{t("figures.failures")}</th>
              <th scope="col">{t("figures.requestP95")}</th>
              <th scope="col">{t("processes.eventLoop")}</th>
              <th scope="col">{t("processes.memory")}</th>
              <th scope="col">{t("processes.startedAt")}</th>
            </tr>
          </thead>
          <tbody>
            {stats.processes.map((process) => (
              <ProcessRow key={process.instance} process={process} at={stats.at} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function ProcessRow({ process, at }: { readonly process: Process; readonly at: string }) {
  const { t, i18n } = useTranslation("ops");
  const format = formatters(i18n.language);
  const { service, seenAt, isSilent, requestP95Ms } = process;
  const cell = (label: string, text: string) => (
    <td data-label={label} className={page.number}>
      {text}
    </td>
  );
  const count = Math.round((Date.parse(at) - Date.parse(seenAt)) / 1_000);
  return (
    <tr>
      <td>
        <span className={page.with}>
          <span className={page.strong}>{service}</span>
          {isSilent && <Badge tone="bad">{t("processes.silent", { count })}</Badge>}
        </span>
      </td>
      {cell(t("figures.requests"), format.perSecond(process.requestsPerSecond))}
      {cell(t("figures.failures"), format.perSecond(process.failuresPerSecond))}
      {cell(t("figures.requestP95"), requestP95Ms === null ? t("none") : format.ms(requestP95Ms))}
      {cell(t("processes.eventLoop"), format.ms(process.eventLoopMs))}
      {cell(t("processes.memory"), format.megabytes(process.memoryMb))}
      <td data-label={t("processes.startedAt")}>
        <Moment at={process.startedAt} />
      </td>
    </tr>
  );
}
