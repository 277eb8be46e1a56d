// The members whose name is being typed, above the text field. The field keeps the focus: it says
// which one is chosen by `aria-activedescendant`.
import { Avatar } from "@meetinity/ui/components/avatar.tsx";
import { Users } from "lucide-react";
import { useTranslation } from "react-i18next";
import styles from "./suggestions.module.css";
import { type Suggesting, suggestionId } from "./use-suggestions.ts";

interface SuggestionsProps {
  readonly id: string;
  readonly suggesting: Suggesting;
}

export function Suggestions({ id, suggesting }: SuggestionsProps) {
  const { t } = useTranslation("conversation");
  const { options, active, choose } = suggesting;
  if (options.length === 0) return null;
  return (
    <div id={id} role="listbox" aria-label={t("mentioning.title")} className={styles.list}>
      {options.map((option, at) => (
        <button
          type="button"
          key={option.id ?? ""}
          id={suggestionId(id, at)}
          role="option"
          aria-selected={at === active}
          className={styles.option}
          tabIndex={-1}
          // The field keeps the focus, and takes the keys.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => choose(at)}
        >
          {option.id === null ? (
            <Users aria-hidden="true" size={20} className={styles.all} />
          ) : (
            <Avatar id={option.id} name={option.name} size="small" picture={option.picture} />
          )}
          <span dir="auto" className={styles.name}>
            {option.name}
          </span>
          {option.id === null && <span className={styles.note}>{t("mentioning.all")}</span>}
        </button>
      ))}
    </div>
  );
}
