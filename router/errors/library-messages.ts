// Replaces messages of libraries that name the library. The new ones say what to do, and not which
// software runs here.
const REPLACEMENTS: readonly (readonly [theirs: RegExp, ours: string])[] = [
  [
    /^GraphQL introspection is not allowed/,
    "This graph does not tell its schema: introspection (`__schema`, `__type`) is off.",
  ],
  [/^Apollo Server supports only GET\/POST/i, "Send a GraphQL request by POST, or a query by GET."],
  [/uses incremental delivery/, "Answers come whole here: `@defer` and `@stream` are not served."],
  [
    /^This operation has been blocked as a potential Cross-Site Request Forgery/,
    "Another site could send this request: send `content-type: application/json`, or " +
      "`meetinity-preflight: 1` with a GET.",
  ],
  [/^Maximum call stack size exceeded/, "The request is nested too deeply."],
  [/^Syntax Error: Maximum call stack size exceeded/, "The document is nested too deeply."],
];

/** Other messages stay as they are. */
export function withoutLibraryNames(message: string): string {
  return REPLACEMENTS.find(([theirs]) => theirs.test(message))?.[1] ?? message;
}
