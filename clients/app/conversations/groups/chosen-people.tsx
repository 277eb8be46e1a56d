// The people who are chosen for a group, each with a way to leave them out again.
import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import styles from "./groups.module.css";
import type { Candidate } from "./use-candidates.ts";

interface ChosenPeopleProps {
  readonly people: readonly Candidate[];
  readonly onDrop: (id: string) => void;
}

export function ChosenPeople({ people, onDrop }: ChosenPeopleProps) {
  const { t } = useTranslation("groups");
  if (people.length === 0) return null;
  return (
    <ul className={styles.chosen} aria-label={t("create.chosen")}>
      {people.map(({ id, displayName: name }) => (
        <li key={id}>
          <button
            type="button"
            className={styles.chip}
            aria-label={t("create.drop", { name })}
            onClick={() => onDrop(id)}
          >
            <span dir="auto" className={styles.chipName}>
              {name}
            </span>
            <X aria-hidden="true" size={16} />
          </button>
        </li>
      ))}
    </ul>
  );
}
