// Words for the reasons of a score. They name only what each profile shows to every signed-in
// person, and what both people share.
import { type Feature, fitsOf, type Score } from "./rules.ts";
import type { SuggestionReasonRow } from "./store.ts";

export interface Evidence {
  readonly intents: { readonly mine: readonly string[]; readonly theirs: readonly string[] };
  /** Shared topics in the viewer's wording, rarest first. */
  readonly skills: readonly string[];
  readonly interests: readonly string[];
  /** Codes of shared languages. */
  readonly languages: readonly string[];
  readonly events: number;
  readonly location: string;
}

const INTENT_WORDS: Readonly<Record<string, string>> = {
  FIND_MENTOR: "You look for a mentor, and they mentor.",
  MENTOR: "They look for a mentor, and you mentor.",
  FIND_WORK: "You look for work, and they hire.",
  HIRE: "They look for work, and you hire.",
  RAISE_FUNDS: "You raise funds, and they invest.",
  INVEST: "They raise funds, and you invest.",
  FIND_COFOUNDER: "You both look for a cofounder.",
  NETWORKING: "You both come to get to know people.",
};

const intentsThatFit = ({ intents }: Evidence) =>
  fitsOf(intents.mine, intents.theirs).map(({ mine }) => mine);

/** The facts behind a reason, for clients with words of their own. */
const FACTS: Readonly<Record<Feature, (evidence: Evidence) => readonly string[]>> = {
  COMPLEMENTARY_INTENTS: intentsThatFit,
  SHARED_SKILLS: ({ skills }) => skills,
  SHARED_INTERESTS: ({ interests }) => interests,
  SHARED_EVENTS: () => [],
  SHARED_LANGUAGES: ({ languages }) => languages,
  SAME_PLACE: ({ location }) => [location],
};

const WORDS: Readonly<Record<Feature, (evidence: Evidence) => string>> = {
  COMPLEMENTARY_INTENTS: (evidence) =>
    intentsThatFit(evidence)
      .map((mine) => INTENT_WORDS[mine] ?? "")
      .join(" "),
  SHARED_SKILLS: ({ skills }) => `You are both good at ${listed(skills)}.`,
  SHARED_INTERESTS: ({ interests }) => `You both like to talk about ${listed(interests)}.`,
  SHARED_EVENTS: ({ events }) =>
    events === 1
      ? "You are both registered for an event."
      : `You are both registered for ${events} events.`,
  SHARED_LANGUAGES: ({ languages }) => `You both speak ${listed(languages.map(languageName))}.`,
  SAME_PLACE: ({ location }) => `You are both in ${location}.`,
};

/** The reasons that contribute to a score, greatest first. */
export function reasonsOf({ contributions }: Score, evidence: Evidence): SuggestionReasonRow[] {
  return (Object.keys(WORDS) as Feature[])
    .filter((kind) => contributions[kind] > 0)
    .map((kind) => ({
      kind,
      description: WORDS[kind](evidence),
      facts: [...FACTS[kind](evidence)],
      contribution: contributions[kind],
    }))
    .sort((a, b) => b.contribution - a.contribution);
}

const NAMED_MAX = 3;

/** `a`, `a and b`, `a, b and c`, `a, b, c and 2 more`. */
function listed(names: readonly string[]): string {
  const named = names.slice(0, NAMED_MAX);
  const others = names.length - named.length;
  const last = others > 0 ? `${others} more` : named.pop();
  return named.length > 0 ? `${named.join(", ")} and ${last}` : `${last}`;
}

const languageNames = new Intl.DisplayNames(["en"], { type: "language" });

function languageName(code: string): string {
  return /^[a-z]{2,3}$/.test(code) ? (languageNames.of(code) ?? code) : code;
}
