// Mistakes in an input as the server reports them, in the reader's language.
import type { TFunction } from "i18next";
import { errorsOf } from "./explain.ts";

interface Violation {
  /** The path from the argument, such as `input.email`. */
  readonly field: string;
  readonly rule: string;
  /** Of rules about sizes. */
  readonly limit?: number;
}

export function violationsOf(error: unknown): readonly Violation[] {
  return errorsOf(error).flatMap(({ extensions }) => {
    if (extensions?.code !== "BAD_USER_INPUT") return [];
    const violations = extensions?.violations;
    return Array.isArray(violations) ? (violations as Violation[]) : [];
  });
}

export function explainViolation({ rule, limit = 0 }: Violation, t: TFunction<"shell">): string {
  if (rule === "REQUIRED" || (rule === "MIN_LENGTH" && limit === 1))
    return t("violations.required");
  if (rule === "EMAIL") return t("violations.email");
  if (rule === "MIN_LENGTH") return t("violations.tooShort", { count: limit });
  if (rule === "MAX_LENGTH") return t("violations.tooLong", { count: limit });
  return t("violations.other");
}
