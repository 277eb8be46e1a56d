// Explains a Problem of messaging. The first one loads the texts.
import { withPageTexts } from "@meetinity/ui/i18n/i18n.ts";
import type { Problem } from "./explain-problem.ts";

const load = withPageTexts(() => import("./explain-problem.ts"));

/** Rejects when the texts cannot be loaded. */
export async function explained(problem: Problem): Promise<string> {
  const { explainProblem } = await load();
  return explainProblem(problem);
}
