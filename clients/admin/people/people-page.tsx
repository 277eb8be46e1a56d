// People, found by name.
import { Empty } from "@meetinity/ui/components/state.tsx";
import { getRouteApi } from "@tanstack/react-router";
import { UserSearch } from "lucide-react";
import { useTranslation } from "react-i18next";
import { ListFrame } from "../parts/list-frame.tsx";
import styles from "../parts/page.module.css";
import { Page } from "../parts/page.tsx";
import { PersonName } from "../parts/person-name.tsx";
import { SearchField } from "../parts/search-field.tsx";
import { usePeople } from "./people-list.ts";

const route = getRouteApi("/signedIn/moderation/people");

export function PeoplePage() {
  const { t } = useTranslation("people");
  const { q = "" } = route.useSearch();
  const navigate = route.useNavigate();
  const list = usePeople(q);
  return (
    <Page title={t("title")}>
      <div className={styles.bar}>
        <SearchField
          label={t("search")}
          value={q}
          onSearch={(text) => void navigate({ search: text ? { q: text } : {}, replace: true })}
        />
      </div>
      <ListFrame list={list} empty={<Empty icon={UserSearch} title={t("noneFound")} />}>
        {(people) => (
          <div className={styles.frame}>
            <table className={styles.table}>
              <caption className="hidden-visually">{t("title")}</caption>
              <tbody>
                {people.map((person) => (
                  <tr key={person.id}>
                    <td>
                      <PersonName person={person} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </ListFrame>
    </Page>
  );
}
