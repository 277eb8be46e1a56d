// The people for a group, to choose from: those whom the viewer knows, or whom a search finds.
import { Failed, Loading } from "@meetinity/ui/components/state.tsx";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Candidates } from "./candidates.tsx";
import styles from "./groups.module.css";
import { type Candidate, useCandidates } from "./use-candidates.ts";

interface PeopleSearchProps {
  /** Those who are chosen, also those whom the list does not show. */
  readonly people: readonly Candidate[];
  /** Ids of those who are in the group. */
  readonly members: ReadonlySet<string | undefined>;
  readonly onChoose: (people: readonly Candidate[]) => void;
}

export function PeopleSearch({ people: chosen, members, onChoose }: PeopleSearchProps) {
  const { t } = useTranslation("groups");
  const [search, setSearch] = useState("");
  const { people, isSearch, error, retry } = useCandidates(search);
  return (
    <>
      <input
        type="search"
        className={styles.search}
        aria-label={t("adding.search")}
        placeholder={t("adding.search")}
        value={search}
        onChange={({ currentTarget }) => setSearch(currentTarget.value)}
        // In a form, Enter would send it.
        onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
      />
      {people ? (
        <Candidates {...{ people, members, chosen, isSearch }} onChange={onChoose} />
      ) : error ? (
        <Failed error={error} onRetry={retry} />
      ) : (
        <Loading rows={3} />
      )}
      <p className={styles.hint}>{t("adding.strangers")}</p>
    </>
  );
}
