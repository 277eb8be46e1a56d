// Words that many people have chosen, to be taken by a tap.
import { Check, Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { isSameWord, withWord } from "../people/profile/draft.ts";
import { useSuggestedTopics } from "../people/profile/topics.ts";
import styles from "./suggested-words.module.css";

interface SuggestedWordsProps {
  readonly name: "skills" | "interests";
  readonly values: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
}

const SHOWN = 8;
const KINDS = { skills: "SKILL", interests: "INTEREST" } as const;

/** A word that is chosen stays where it is, and another tap takes it back. */
export function SuggestedWords({ name, values, onChange }: SuggestedWordsProps) {
  const { t } = useTranslation("welcome");
  const { t: profile } = useTranslation("profile");
  const words = useSuggestedTopics(KINDS[name], "").slice(0, SHOWN);
  const toggle = (word: string) => {
    const others = values.filter((each) => !isSameWord(each, word));
    onChange(others.length < values.length ? others : withWord(values, word));
  };
  return (
    <fieldset className={styles.words}>
      <legend className="hidden-visually">
        {profile(name)}: {t("suggested")}
      </legend>
      {words.map((word) => {
        const isChosen = values.some((each) => isSameWord(each, word));
        const Icon = isChosen ? Check : Plus;
        return (
          <button
            key={word}
            type="button"
            className={styles.word}
            aria-pressed={isChosen}
            onClick={() => toggle(word)}
          >
            <Icon aria-hidden="true" size={16} />
            <span dir="auto">{word}</span>
          </button>
        );
      })}
    </fieldset>
  );
}
