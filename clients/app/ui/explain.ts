// Errors in the reader's language. Only codes that a person can do something about have their own
// words.
import { GraphError, NetworkError } from "@meetinity/client";
import type { TFunction } from "i18next";

const CODES = [
  "FORBIDDEN",
  "NOT_FOUND",
  "CONFLICT",
  "RATE_LIMITED",
  "SUBGRAPH_UNAVAILABLE",
  "UNAUTHENTICATED",
] as const;

export function explain(error: unknown, t: TFunction<"shell">): string {
  if (error instanceof NetworkError) return t("errors.network");
  const code = error instanceof GraphError ? CODES.find((each) => each === error.code) : undefined;
  return t(code ? `errors.${code}` : "errors.unknown");
}
