// Accounts that are being erased: which parts of Meetinity have answered that they are done.
import { useQuery } from "@apollo/client/react";
import { ErasuresDocument } from "@meetinity/client/documents";
import type { ErasuresQuery } from "@meetinity/client/operations";
import { Badge } from "@meetinity/ui/components/badge.tsx";
import { classes } from "@meetinity/ui/components/classes.ts";
import { Empty } from "@meetinity/ui/components/state.tsx";
import { getRouteApi, Link } from "@tanstack/react-router";
import { CircleCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import { type List, listOf } from "../parts/list.ts";
import { ListFrame } from "../parts/list-frame.tsx";
import { Moment } from "../parts/moment.tsx";
import page from "../parts/page.module.css";
import { Page } from "../parts/page.tsx";
import styles from "./operations.module.css";

type Connection = ErasuresQuery["erasures"];
type Erasure = Connection["edges"][number]["node"];

const route = getRouteApi("/signedIn/operations/erasures");

export function ErasuresPage() {
  const { t } = useTranslation("operations");
  const { done: isComplete = false } = route.useSearch();
  const list = useErasures(isComplete);
  const none = t(isComplete ? "erasures.noneDone" : "erasures.none");
  return (
    <Page title={t("erasures.title")} lead={t("erasures.lead")}>
      <nav className={page.bar} aria-label={t("erasures.which")}>
        <span className={page.tabs}>
          {[false, true].map((done) => (
            <Link
              key={String(done)}
              to="/operations/erasures"
              search={done ? { done } : {}}
              aria-current={done === isComplete ? "page" : undefined}
              className={classes(page.tab, done === isComplete && page.tabHere)}
            >
              {t(done ? "erasures.done" : "erasures.running")}
            </Link>
          ))}
        </span>
      </nav>
      <ListFrame list={list} empty={<Empty icon={CircleCheck} title={none} />}>
        {(erasures) => <ErasureTable erasures={erasures} />}
      </ListFrame>
    </Page>
  );
}

function ErasureTable({ erasures }: { readonly erasures: readonly Erasure[] }) {
  const { t } = useTranslation("operations");
  return (
    <div className={page.frame}>
      <table className={page.table}>
        <caption className="hidden-visually">{t("erasures.title")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("erasures.account")}</th>
            <th scope="col">{t("erasures.askedAt")}</th>
            <th scope="col">{t("erasures.answers")}</th>
            <th scope="col">{t("erasures.completedAt")}</th>
          </tr>
        </thead>
        <tbody>
          {erasures.map((erasure) => (
            <ErasureRow key={erasure.id} erasure={erasure} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ErasureRow({ erasure }: { readonly erasure: Erasure }) {
  const { t } = useTranslation("operations");
  const { userId, askedAt, answers, missing, completedAt } = erasure;
  return (
    <tr>
      <td>
        <span className={styles.code}>{userId}</span>
      </td>
      <td data-label={t("erasures.askedAt")}>
        <Moment at={askedAt} />
      </td>
      <td>
        <span className={styles.bar}>
          {answers.map(({ subgraph }) => (
            <Badge key={subgraph} tone="good">
              {subgraph}
            </Badge>
          ))}
          {missing.map((subgraph) => (
            <Badge key={subgraph} tone="waiting">
              {t("erasures.missing", { subgraph })}
            </Badge>
          ))}
        </span>
      </td>
      <td data-label={t("erasures.completedAt")}>
        {completedAt ? <Moment at={completedAt} /> : t("erasures.notYet")}
      </td>
    </tr>
  );
}

function useErasures(isComplete: boolean): List<Erasure> {
  const { data, ...reading } = useQuery(ErasuresDocument, {
    variables: { first: 25, isComplete },
    fetchPolicy: "cache-and-network",
    notifyOnNetworkStatusChange: true,
  });
  return listOf(data?.erasures as Connection | undefined, reading);
}
