// The mistakes of a draft in the reader's language, at their fields.
import { useTranslation } from "react-i18next";
import type { Draft } from "./draft.ts";
import { mistakesIn } from "./mistakes.ts";

/** Null where there is none. `before` is the event that is changed. */
type ErrorsOf = (draft: Draft, before: Draft | null) => Readonly<Record<string, string>> | null;

export function useMistakes(): ErrorsOf {
  const { t } = useTranslation("editor");
  const { t: common } = useTranslation("shell");
  return (draft, before) => {
    const mistakes = Object.entries(mistakesIn(draft, new Date(), before));
    if (mistakes.length === 0) return null;
    const textOf = (why: (typeof mistakes)[number][1]) =>
      why === "required" ? common("violations.required") : t(`mistakes.${why}`);
    return Object.fromEntries(mistakes.map(([name, why]) => [name, textOf(why)]));
  };
}
