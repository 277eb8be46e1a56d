// Finds a person by name and makes them a host.
import type { HostRight } from "@meetinity/client/operations";
import { Button } from "@meetinity/ui/components/button.tsx";
import { explain } from "@meetinity/ui/components/explain.ts";
import { say, sayFailure } from "@meetinity/ui/components/notices.ts";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { CheckBox } from "../../parts/fields.tsx";
import page from "../../parts/page.module.css";
import { PersonName } from "../../parts/person-name.tsx";
import { SearchField } from "../../parts/search-field.tsx";
import { useEvent } from "../event-page.tsx";
import styles from "./hosts.module.css";
import { type Host, RIGHTS, useFoundPeople, useHostChanges } from "./hosts.ts";

const USUAL: readonly HostRight[] = ["CHECK_IN", "SEE_PEOPLE"];

export function AddHost({ hosts }: { readonly hosts: readonly Host[] }) {
  const { t } = useTranslation("hosts");
  const { t: common } = useTranslation("shell");
  const id = useId();
  const event = useEvent();
  const { add } = useHostChanges(event.id);
  const [search, setSearch] = useState("");
  const [rights, setRights] = useState(USUAL);
  const found = useFoundPeople(search);
  const known = new Set([event.organizer?.id, ...hosts.map(({ user }) => user?.id)]);
  async function choose(userId: string, name: string): Promise<void> {
    await add(userId, rights).then(
      (problem) => {
        if (problem) return sayFailure(t(`problems.${problem}`, { name }));
        setSearch("");
        say(t("added", { name }));
      },
      (error: unknown) => sayFailure(explain(error, common)),
    );
  }
  return (
    <section className={page.card} aria-labelledby={id}>
      <h2 id={id}>{t("addTitle")}</h2>
      <fieldset className={styles.rights}>
        <legend className={styles.legend}>{t("newRights")}</legend>
        {RIGHTS.map((right) => (
          <CheckBox
            key={right}
            label={t(`rights.${right}`)}
            hint={t(`rightHints.${right}`)}
            checked={rights.includes(right)}
            onChange={({ currentTarget: { checked } }) =>
              setRights(checked ? [...rights, right] : rights.filter((each) => each !== right))
            }
          />
        ))}
      </fieldset>
      <SearchField label={t("search")} value={search} onSearch={setSearch} />
      <ul className={styles.hosts} aria-live="polite">
        {found?.map((person) => (
          <li key={person.id} className={styles.host}>
            <PersonName person={person} />
            {known.has(person.id) ? (
              <span className={page.soft}>{t("already")}</span>
            ) : (
              <Button
                isSmall
                aria-label={t("addName", { name: person.displayName })}
                onClick={() => void choose(person.id, person.displayName)}
              >
                {t("add")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {search !== "" && found?.length === 0 && <p className={page.soft}>{t("noneFound")}</p>}
    </section>
  );
}
