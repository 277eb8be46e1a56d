// One fold compares and searches people's texts: no other code of the services removes case or
// accents, except from other texts.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { projectFile, projectFiles } from "./project.ts";

/** Files that lowercase something else, with what it is. */
const OTHERS: Readonly<Record<string, string>> = {
  "kit/input/fold.ts": "the fold itself",
  "kit/input/skeleton.ts": "skeletons of confusables, which fold too",
  "subgraphs/users/reserved-names.ts": "names, before their skeletons",
  "kit/input/email.ts": "e-mail addresses",
  "kit/data/pool-metrics.ts": "verbs of SQL",
  "kit/mail/kinds.ts": "language tags",
  "kit/data/id.ts": "ids",
  "kit/service/targets.ts": "names of headers",
  "kit/storage/signing.ts": "names of headers",
  "kit/push/web.ts": "names of headers",
  "kit/storage/embedded/verifying.ts": "names of headers",
  "kit/media/kinds.ts": "content types",
  "kit/input/text.ts": "the codes of characters that a message shows",
  "kit/telemetry/tracing-settings.ts": "whether a setting is true",
  "subgraphs/events/door/ticket-codes.ts": "codes of tickets",
  "subgraphs/events/planning/input.ts": "tags, as they are shown",
  "subgraphs/events/seats/exports/rules.ts": "escapes in a header",
  "subgraphs/matching/topics.ts": "language tags",
  "subgraphs/messaging/conversations/resolvers.ts": "ids",
  "subgraphs/messaging/inbox/resolvers.ts": "ids of streams",
  "subgraphs/messaging/messages/resolvers.ts": "ids",
  "subgraphs/users/accounts/second-factor/codes.ts": "codes of second factors",
  "subgraphs/users/accounts/new-passwords.ts": "passwords in one normal form",
};

const FOLDS = new RegExp(
  [
    String.raw`\.(?:normalize|to(?:Locale)?(?:Lower|Upper)Case|localeCompare)\(`,
    String.raw`\\p\{M\}`,
    String.raw`\b(?:lower|upper|unaccent)\s*\(`,
    String.raw`\b(?:ilike|insensitive|Collator)\b`,
  ].join("|"),
  "i",
);

/** The code of a text without its comments. */
const codeOf = (text: string) => text.replace(/\/\*\*?[\s\S]*?\*\/|\/\/.*$/gm, "");

const folding = projectFiles(".ts")
  .filter((path) => /^(?:kit|subgraphs)\//.test(path) && !/\.test\.ts$|\/generated\//.test(path))
  .filter((path) => FOLDS.test(codeOf(readFileSync(projectFile(path), "utf8"))));

it("only the fold removes case and accents from people's texts", () => {
  expect(folding.sort()).toEqual(Object.keys(OTHERS).sort());
});

describe("another way would be noticed:", () => {
  it.each([
    'name.normalize("NFD")',
    "a.toLowerCase() === b.toLowerCase()",
    "text.replace(/\\p{M}+/gu, '')",
    "select from t where lower(name) = $1",
    "select from t where name ilike $1",
    '{ contains: search, mode: "insensitive" }',
  ])("%s", (code) => {
    expect(FOLDS.test(codeOf(code))).toBe(true);
  });
});
