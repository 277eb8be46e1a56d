// The fields of skills and interests, with words of the graph and free ones, and that of languages.
import type { TopicKind } from "@meetinity/client/operations";
import { useDateReader } from "@meetinity/ui/i18n/date-reader.ts";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { languageLister } from "../language-names.ts";
import { ChipsField } from "./chips-field.tsx";
import { isSameWord, isTooLong, withWord } from "./draft.ts";
import { findLanguages } from "./languages.ts";
import { useSuggestedTopics } from "./topics.ts";

interface WordsProps {
  readonly values: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
}

interface TopicsFieldProps extends WordsProps {
  readonly name: "skills" | "interests";
}

const KINDS: Readonly<Record<TopicsFieldProps["name"], TopicKind>> = {
  skills: "SKILL",
  interests: "INTEREST",
};

export function TopicsField({ name, values, onChange }: TopicsFieldProps) {
  const { t } = useTranslation("profile");
  const [search, setSearch] = useState("");
  const suggested = useSuggestedTopics(KINDS[name], search);
  const typed = search.trim();
  const items = useMemo(() => {
    const others = suggested.filter((word) => !values.some((each) => isSameWord(each, word)));
    const isKnown = [...others, ...values].some((word) => isSameWord(word, typed));
    return typed === "" || isKnown || isTooLong(typed) ? others : [...others, typed];
  }, [suggested, values, typed]);
  function add(word: string): void {
    // It stays, and the field says why.
    if (isTooLong(word)) return;
    const wording = suggested.find((each) => isSameWord(each, word.trim())) ?? word;
    onChange(withWord(values, wording));
    setSearch("");
  }
  return (
    <ChipsField
      name={name}
      label={t(name)}
      placeholder={t(`hints.${name}`)}
      values={values}
      onChange={(next) => {
        const word = next.find((each) => !values.includes(each));
        if (word === undefined) onChange(next);
        else add(word);
      }}
      search={search}
      onSearch={setSearch}
      items={items}
      labelOf={String}
      onFreeWord={add}
    />
  );
}

export function LanguagesField({ values, onChange }: WordsProps) {
  const { t } = useTranslation("profile");
  const { locale } = useDateReader();
  const [search, setSearch] = useState("");
  const items = useMemo(() => {
    const found = findLanguages(search, locale, navigator.languages);
    return found.filter((tag) => !values.includes(tag));
  }, [search, locale, values]);
  return (
    <ChipsField
      name="languages"
      label={t("languages")}
      placeholder={t("languagesHint")}
      values={values}
      onChange={(next) => {
        onChange(next);
        setSearch("");
      }}
      search={search}
      onSearch={setSearch}
      items={items}
      labelOf={languageLister(locale)}
    />
  );
}
