// Mistakes in an input as the server reports them, in the reader's language.
import type { GraphError } from "@meetinity/client";
import type { TFunction } from "i18next";

interface Violation {
  /** The path from the argument, such as `input.email`. */
  readonly field: string;
  readonly rule: string;
  /** Of rules about sizes. */
  readonly limit?: number;
}

export function violationsOf({ code, errors }: GraphError): readonly Violation[] {
  if (code !== "BAD_USER_INPUT") return [];
  return errors.flatMap(({ extensions }) => {
    const violations = extensions?.violations;
    return Array.isArray(violations) ? (violations as Violation[]) : [];
  });
}

export function explainViolation({ rule, limit = 0 }: Violation, t: TFunction<"session">): string {
  if (rule === "REQUIRED" || (rule === "MIN_LENGTH" && limit === 1))
    return t("violations.required");
  if (rule === "EMAIL") return t("violations.email");
  if (rule === "MIN_LENGTH") return t("violations.tooShort", { count: limit });
  if (rule === "MAX_LENGTH") return t("violations.tooLong", { count: limit });
  return t("violations.other");
}
