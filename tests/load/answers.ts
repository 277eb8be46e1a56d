// Answers to the operations of a journey, and what is wrong with them. While a subgraph is down an
// operation may lose what that subgraph owns, with a code, and nothing else.
import type { GraphQLAnswer } from "../kit/client.ts";

/**
 * The fault while an operation ran: nothing, a killed subgraph or Redis, or the time until
 * everything works again after that.
 */
export type Phase =
  | { readonly kind: "whole" }
  | { readonly kind: "down" | "recovering"; readonly victim: string };

export const WHOLE: Phase = { kind: "whole" };

export interface Answer {
  readonly name: JourneyOperation;
  /** The worst phase in which it ran. */
  readonly phase: Phase;
  readonly ms: number;
  /** Null if the connection to the router broke. */
  readonly answer: GraphQLAnswer | null;
}

interface Needs {
  /**
   * Without one of these there may be no data: the subgraph of the root field, and those of joined
   * fields that may not be null, such as the people of a list.
   */
  readonly needed: readonly string[];
  /** Subgraphs of joined fields that are null without them. */
  readonly joined: readonly string[];
}

/** The needs of the operations of the journey. Guesses of credentials are counted in Redis. */
export const NEEDS = {
  SignIn: { needed: ["users", "redis"], joined: [] },
  FindEvents: { needed: ["events"], joined: [] },
  EventPage: { needed: ["events", "users"], joined: [] },
  RegisterForEvent: { needed: ["events"], joined: [] },
  MatchSuggestions: { needed: ["matching", "events"], joined: ["users"] },
  AnswerSuggestion: { needed: ["matching"], joined: [] },
  Matches: { needed: ["matching", "users"], joined: ["messaging"] },
  Conversations: { needed: ["messaging"], joined: ["users"] },
  SendMessage: { needed: ["messaging"], joined: [] },
} as const satisfies Readonly<Record<string, Needs>>;

export type JourneyOperation = keyof typeof NEEDS;

/** Whether answers of the journey are partial without this subgraph. */
export function isJoined(subgraph: string): boolean {
  const all: readonly Needs[] = Object.values(NEEDS);
  return all.some(({ joined }) => joined.includes(subgraph));
}

/** The codes of errors that an outage explains. */
const OUTAGE_CODES: readonly string[] = ["SUBGRAPH_UNAVAILABLE", "DEADLINE_EXCEEDED"];

export const codesOf = ({ answer }: Pick<Answer, "answer">): string[] =>
  answer ? (answer.errors ?? []).map(({ extensions }) => extensions.code) : ["no answer"];

/** Whether it has data beside errors. */
export const isPartial = ({ answer }: Pick<Answer, "answer">): boolean =>
  (answer?.errors?.length ?? 0) > 0 && hasData(answer);

const hasData = (answer: GraphQLAnswer | null) =>
  Object.values(answer?.data ?? {}).some((value) => value !== null);

/** The fault of an answer; null if it has none. */
export function faultOf({ name, phase, answer }: Answer): string | null {
  const codes = codesOf({ answer });
  if (codes.length === 0) return hasData(answer) ? null : `${name} has neither data nor errors`;
  if (phase.kind === "whole") return `${name} fails while nothing is down: ${codes}`;
  const { needed, joined }: Needs = NEEDS[name];
  const where = `${name} without ${phase.victim}`;
  const unexplained = codes.filter((code) => !OUTAGE_CODES.includes(code));
  if (unexplained.length > 0) return `${where} has errors that it does not explain: ${unexplained}`;
  if (needed.includes(phase.victim)) return null;
  if (!joined.includes(phase.victim)) return `${where} fails, which it does not need: ${codes}`;
  return hasData(answer) ? null : `${where} lost more than what is joined from there`;
}
