// People whose accounts are suspended, with the reasons.
import { useQuery } from "@apollo/client/react";
import { SuspendedUsersDocument } from "@meetinity/client/documents";
import type { SuspendedUsersQuery } from "@meetinity/client/operations";
import { Empty } from "@meetinity/ui/components/state.tsx";
import { UserCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import { type List, listOf } from "../parts/list.ts";
import { ListFrame } from "../parts/list-frame.tsx";
import { Moment } from "../parts/moment.tsx";
import styles from "../parts/page.module.css";
import { Page } from "../parts/page.tsx";
import { PersonName } from "../parts/person-name.tsx";

type Connection = SuspendedUsersQuery["suspendedUsers"];
type Suspended = Connection["edges"][number]["node"];

export function SuspendedPage() {
  const { t } = useTranslation("people");
  const list = useSuspended();
  return (
    <Page title={t("suspended.title")}>
      <ListFrame list={list} empty={<Empty icon={UserCheck} title={t("suspended.none")} />}>
        {(people) => (
          <div className={styles.frame}>
            <table className={styles.table}>
              <caption className="hidden-visually">{t("suspended.title")}</caption>
              <thead>
                <tr>
                  <th scope="col">{t("person")}</th>
                  <th scope="col">{t("suspended.reason")}</th>
                  <th scope="col">{t("suspended.since")}</th>
                </tr>
              </thead>
              <tbody>
                {people.map((person) => (
                  <Row key={person.id} person={person} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </ListFrame>
    </Page>
  );
}

function Row({ person }: { readonly person: Suspended }) {
  const { t } = useTranslation("people");
  const { suspension } = person;
  return (
    <tr>
      <td>
        <PersonName person={person} />
      </td>
      <td dir="auto">{suspension?.reason}</td>
      <td data-label={t("suspended.since")}>
        {suspension && <Moment at={suspension.suspendedAt} />}
      </td>
    </tr>
  );
}

function useSuspended(): List<Suspended> {
  const { data, ...reading } = useQuery(SuspendedUsersDocument, {
    variables: { first: 25 },
    fetchPolicy: "cache-and-network",
    notifyOnNetworkStatusChange: true,
  });
  return listOf(data?.suspendedUsers as Connection | undefined, reading);
}
