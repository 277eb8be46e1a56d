// Work in the background that was given up, with the way to try it again.

import { Badge } from "@meetinity/ui/components/badge.tsx";
import { Button } from "@meetinity/ui/components/button.tsx";
import { explain } from "@meetinity/ui/components/explain.ts";
import { say, sayFailure } from "@meetinity/ui/components/notices.ts";
import { Empty, Failed, Loading } from "@meetinity/ui/components/state.tsx";
import { CircleCheck, RotateCw } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Moment } from "../parts/moment.tsx";
import page from "../parts/page.module.css";
import { Page } from "../parts/page.tsx";
import { type FailedJob, useFailedJobs, useRetry } from "./failed-jobs.ts";
import styles from "./operations.module.css";

export function JobsPage() {
  const { t } = useTranslation("operations");
  const { jobs, hasMore, error, read } = useFailedJobs();
  const refresh = (
    <Button onClick={read}>
      <RotateCw aria-hidden="true" size={18} />
      {t("refresh")}
    </Button>
  );
  return (
    <Page title={t("jobs.title")} lead={t("jobs.lead")} actions={refresh}>
      {!jobs && (error ? <Failed error={error} onRetry={read} /> : <Loading />)}
      {jobs?.length === 0 && <Empty icon={CircleCheck} title={t("jobs.none")} />}
      {jobs && jobs.length > 0 && <JobTable jobs={jobs} />}
      {hasMore && <p className={page.soft}>{t("jobs.more")}</p>}
    </Page>
  );
}

function JobTable({ jobs }: { readonly jobs: readonly FailedJob[] }) {
  const { t } = useTranslation("operations");
  return (
    <div className={page.frame}>
      <table className={page.table}>
        <caption className="hidden-visually">{t("jobs.title")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("jobs.job")}</th>
            <th scope="col">{t("jobs.reason")}</th>
            <th scope="col">{t("jobs.failedAt")}</th>
            <th scope="col">{t("jobs.action")}</th>
          </tr>
        </thead>
        <tbody>
          {jobs.map((job) => (
            <JobRow key={`${job.subgraph} ${job.id}`} job={job} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function JobRow({ job }: { readonly job: FailedJob }) {
  const { t } = useTranslation("operations");
  const { t: common } = useTranslation("shell");
  const retry = useRetry();
  const { subgraph, kind, key, reason, attempts, failedAt, isRetrying } = job;
  const again = () =>
    retry(job).then(
      () => say(t("jobs.waits")),
      (error: unknown) => sayFailure(explain(error, common)),
    );
  return (
    <tr>
      <td>
        <span className={page.stack}>
          <span className={page.strong}>{kind}</span>
          <span className={styles.code}>{[subgraph, key].filter(Boolean).join(" · ")}</span>
        </span>
      </td>
      <td>
        <span className={page.stack}>
          <span dir="auto" className={styles.reason}>
            {reason}
          </span>
          <span className={page.soft}>{t("jobs.attempts", { count: attempts })}</span>
        </span>
      </td>
      <td data-label={t("jobs.failedAt")}>
        <Moment at={failedAt} />
      </td>
      <td>
        {isRetrying ? (
          <Badge tone="waiting">{t("jobs.retrying")}</Badge>
        ) : (
          <Button isSmall aria-label={t("jobs.retryKind", { kind })} onClick={() => void again()}>
            {t("jobs.retry")}
          </Button>
        )}
      </td>
    </tr>
  );
}
