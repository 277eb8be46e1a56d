// Rules that every answer of the router must keep. They do not know the right answer.
import { isErrorCode } from "../../../kit/errors.ts";
import { projectRoot } from "../../../local/project.ts";
import { DEFAULT_LIMITS } from "../../../router/limits/limits.ts";

/** An answer. Over a socket, `status` is null and `text` is the frame. */
export interface Arrived {
  readonly status: number | null;
  readonly text: string;
  readonly ms: number;
}

/** The router's own deadline. Alone, each probe would take milliseconds. */
export const ANSWERED_WITHIN_MS = DEFAULT_LIMITS.queryMs;

/** Nothing fails during a run, so none of these codes is expected. */
const BUGS = ["INTERNAL_SERVER_ERROR", "SUBGRAPH_UNAVAILABLE", "DEADLINE_EXCEEDED"];

const ERROR_KEYS = ["message", "locations", "path", "extensions"];
const FACTS = [
  ..."code traceId field received violations limit most scopes rate retryAfterMs".split(" "),
  ..."head streamId currentVersion kind".split(" "),
];

/** Patterns that no answer and no log may contain. */
const LEAKS: readonly (readonly [string, RegExp])[] = [
  ["a password hash", /\$argon2/],
  ["a token", /\beyJ[\w-]{10,}\.[\w-]{10,}/],
  [
    "SQL",
    /\b(?:select\s.+\sfrom|insert\s+into|update\s.+\sset|delete\s+from)\s|\/\* \w+\.\w+\.\w+ \*\//i,
  ],
  [
    "a library's name",
    /\bprisma\b|\bgraphql-js\b|\bioredis\b|\bundici\b|\bapollo\b|\bfastify\b|ECONNREFUSED/i,
  ],
  [
    "a text of the platform",
    /Maximum call stack|Invalid URL|Unexpected (?:token|end of JSON)|Cannot read prop|is not a function/,
  ],
  ["a stack trace", /\n\s+at \S|\bat \S+ \(|\.[jt]s:\d+/],
  ["a file", /node_modules|file:\/\/\//],
  ["a query plan", /QueryPlan|"serviceName"|valueCompletion/],
];

/** The leaks in a text. `secrets` are further forbidden texts. */
export function leaksIn(text: string, secrets: readonly string[] = []): string[] {
  const found = LEAKS.filter(([, pattern]) => pattern.test(text)).map(([what]) => what);
  if (text.includes(projectRoot)) found.push("a place on our disk");
  if (secrets.some((secret) => text.includes(secret))) found.push("a secret");
  return found;
}

interface Errors {
  readonly data?: unknown;
  readonly errors?: readonly Readonly<Record<string, unknown>>[];
}

/** Everything that is wrong with an answer. */
export function faultsOf({ status, text, ms }: Arrived, secrets: readonly string[] = []): string[] {
  const faults: string[] = [];
  if (status !== null && status >= 500) faults.push(`status ${status}`);
  if (ms > ANSWERED_WITHIN_MS) faults.push(`answered after ${Math.round(ms)} ms`);
  const answer = parsed(text);
  if (!answer) return [...faults, "no GraphQL answer"];
  const { errors } = answer;
  if (answer.data === undefined && !errors?.length) faults.push("neither data nor errors");
  if (errors && !Array.isArray(errors)) return [...faults, "errors are no list"];
  for (const error of errors ?? []) faults.push(...faultsOfError(error));
  const shown = JSON.stringify({
    errors,
    extensions: (answer as Record<string, unknown>).extensions,
  });
  for (const leak of leaksIn(shown)) faults.push(`shows ${leak}`);
  if (secrets.some((secret) => text.includes(secret))) faults.push("shows a secret");
  return [...new Set(faults)];
}

function faultsOfError(error: Readonly<Record<string, unknown>>): string[] {
  const { code, ...facts } = (error.extensions ?? {}) as Readonly<Record<string, unknown>>;
  const strange = [
    ...Object.keys(error).filter((key) => !ERROR_KEYS.includes(key)),
    ...Object.keys(facts).filter((key) => !FACTS.includes(key)),
  ];
  return [
    ...(isErrorCode(code) ? [] : [`code ${code} is not in the registry`]),
    ...(BUGS.includes(String(code)) ? [`${code}`] : []),
    ...strange.map((key) => `an error with ${key}`),
    ...(typeof error.message === "string" && error.message.length <= 510
      ? []
      : ["an endless message"]),
  ];
}

function parsed(text: string): Errors | null {
  try {
    const answer: unknown = JSON.parse(text);
    return typeof answer === "object" && answer !== null ? answer : null;
  } catch {
    return null;
  }
}
