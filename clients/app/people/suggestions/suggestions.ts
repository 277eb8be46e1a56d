// The people whom the viewer may meet, and their answers: one list for the tab, which goes with its
// person.
import { createObservable } from "@meetinity/client";
import {
  AnswerSuggestion,
  MatchSuggestions,
  type MatchSuggestionsQuery,
  type SuggestionAnswer,
} from "@meetinity/client/operations";
import { codeOf } from "@meetinity/ui/components/explain.ts";
import { client } from "../../shell/client.ts";
import { onePerViewer } from "../../shell/one-per-viewer.ts";
import { Pages, pageOf } from "../../shell/paged-list.ts";
import { Answers, isDone, type Outcome } from "./answers.ts";
import { keptAnswers } from "./kept-answers.ts";

type Node = MatchSuggestionsQuery["matchSuggestions"]["edges"][number]["node"];

/** A suggestion whose person exists. */
export type Suggestion = Node & { readonly user: NonNullable<Node["user"]> };
export type Reason = Suggestion["reasons"][number];
export type SuggestedPerson = Suggestion["user"];

const PAGE_SIZE = 10;

async function read(after: string | null) {
  const { matchSuggestions } = await client.run(MatchSuggestions, { first: PAGE_SIZE, after });
  const { items, next } = pageOf(matchSuggestions);
  return { next, items: items.filter((each): each is Suggestion => each.user !== null) };
}

/** News about an answer, beyond the answer itself. */
export interface News {
  /** Both have accepted. */
  readonly matched: SuggestedPerson | null;
  /** The viewer must confirm their address before they accept. */
  readonly isUnverified: boolean;
}

const NO_NEWS: News = { matched: null, isUnverified: false };

function createSuggestions(viewerId: string) {
  const pages = new Pages(read);
  const news = createObservable(NO_NEWS);
  let hasAnswered = false;
  /** Acceptances on their way, and those that made a match here. */
  const accepting = new Set<string>();
  const personOf = (suggestionId: string) =>
    pages.state.getSnapshot().items.find(({ id }) => id === suggestionId)?.user;
  async function send(suggestionId: string, answer: SuggestionAnswer): Promise<Outcome> {
    const input = { suggestionId, answer };
    hasAnswered = true;
    const person = personOf(suggestionId);
    if (answer === "ACCEPT" && person) accepting.add(person.id);
    const options = { isSafeToRepeat: true, outlivesPage: true, viewerId };
    try {
      const { answerSuggestion } = await client.run(AnswerSuggestion, { input }, options);
      if (answerSuggestion.__typename === "EmailNotVerifiedProblem") return "unverified";
      const isMatch = "match" in answerSuggestion && answerSuggestion.match != null;
      return isMatch && answer === "ACCEPT" ? "matched" : "stored";
    } catch (error) {
      if (codeOf(error) === "NOT_FOUND") return "gone";
      throw error;
    }
  }
  const answers = new Answers({
    send,
    onOutcome(id, outcome, answer) {
      if (outcome === "unverified") return news.set({ ...NO_NEWS, isUnverified: true });
      const person = personOf(id);
      if (person && outcome !== "matched") accepting.delete(person.id);
      if (outcome === "matched" && person) news.set({ ...NO_NEWS, matched: person });
      if (outcome === "gone" || answer !== "ACCEPT") pages.remove(id);
    },
    after(ms, work) {
      const timer = setTimeout(work, ms);
      return () => clearTimeout(timer);
    },
    kept: keptAnswers(viewerId),
  });
  return {
    pages,
    answers,
    news,
    hasAnswered: () => hasAnswered,
    isAccepting: (userId: string) => accepting.has(userId),
    forgetNews: () => news.set(NO_NEWS),
    /** The person goes to another screen: what is decided is sent, and not shown again. */
    leave() {
      answers.flush();
      for (const [id, answered] of answers.state.getSnapshot()) {
        if (!isDone(answered)) continue;
        answers.forget(id);
        pages.remove(id);
      }
    },
  };
}

export type Suggestions = ReturnType<typeof createSuggestions>;

export const suggestionsOf = onePerViewer(createSuggestions);
