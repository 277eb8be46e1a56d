// Says in our words what a library would say in its own, with its name: a client learns what to do,
// and not what runs here. A text that is not in the table is that of a specification, or ours.
const OURS: readonly (readonly [theirs: RegExp, ours: string])[] = [
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

export function inOurWords(message: string): string {
  return OURS.find(([theirs]) => theirs.test(message))?.[1] ?? message;
}
