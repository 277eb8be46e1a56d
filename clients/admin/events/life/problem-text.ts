// Why an event was not ended, in the reader's language.
import { useTranslation } from "react-i18next";
import type { Problem } from "./life.ts";

export function useProblemText(): (problem: NonNullable<Problem>) => string {
  const { t } = useTranslation("life");
  return (problem) =>
    problem.name === "EventHasRegistrationsProblem"
      ? t("problems.EventHasRegistrationsProblem", { count: problem.count })
      : t(`problems.${problem.name}`);
}
