// Errors in the reader's language. Only codes that a person can do something about have their own
// words.
import { GraphError, NetworkError, type RawError } from "@meetinity/client";
import type { TFunction } from "i18next";

const CODES = [
  "FORBIDDEN",
  "NOT_FOUND",
  "CONFLICT",
  "RATE_LIMITED",
  "SUBGRAPH_UNAVAILABLE",
  "UNAUTHENTICATED",
] as const;

/** The errors of an answer of the graph, whether our client or Apollo Client made them. */
export function errorsOf(error: unknown): readonly RawError[] {
  if (!(error instanceof Error && "errors" in error && Array.isArray(error.errors))) return [];
  return error.errors;
}

/** Of the first error of an answer; null for other errors. */
export function codeOf(error: unknown): string | null {
  if (error instanceof GraphError) return error.code;
  const code = errorsOf(error)[0]?.extensions?.code;
  return typeof code === "string" ? code : null;
}

export function explain(error: unknown, t: TFunction<"shell">): string {
  if (error instanceof NetworkError) return t("errors.network");
  const code = CODES.find((each) => each === codeOf(error));
  return t(code ? `errors.${code}` : "errors.unknown");
}
