// Problems of messaging in the reader's language. It is loaded with its texts when one comes.
import i18next, { type TFunction } from "i18next";

/** A Problem, as operations select it: the limit that it tells has a name that ends in `Max`. */
export interface Problem {
  readonly __typename: string;
  readonly userIds?: readonly string[];
}

export function explainProblem(problem: Problem): string {
  const t: TFunction<"messagingProblems"> = i18next.getFixedT(null, "messagingProblems");
  const { __typename, userIds = [] } = problem;
  const limit = Object.entries(problem).find(([name]) => name.endsWith("Max"))?.[1];
  const count = typeof limit === "number" ? limit : userIds.length;
  const name = __typename as "NotAllowedProblem";
  return t(`refused.${name}`, { count, defaultValue: t("refused.other") });
}
