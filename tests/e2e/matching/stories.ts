// Operations of the tests of matching, over a harness: lists, answers, blocks, matches.
import { expect } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { applyBlock } from "../../../subgraphs/matching/people/apply.ts";
import type { Matching } from "./harness.ts";

const PAGE = `query($first: Int, $after: String) { matchSuggestions(first: $first, after: $after) {
  edges { cursor node { id score user { id } reasons { kind description facts contribution }
    sharedEvents { id } } }
  pageInfo { hasNextPage endCursor } } }`;

const ANSWER = `mutation($id: ID!, $answer: SuggestionAnswer!) {
  answerSuggestion(input: { suggestionId: $id, answer: $answer }) { __typename
    ... on AnswerSuggestionSuccess { suggestion { id user { id } } match { id users { id } } }
    ... on AlreadyMatchedProblem { reason match { id users { id } } } } }`;

const MATCHES = `query($first: Int, $after: String) { matches(first: $first, after: $after) {
  edges { node { id users { id } } } pageInfo { hasNextPage endCursor } seq } }`;

export interface Suggestion {
  readonly id: string;
  readonly score: number;
  readonly user: { readonly id: string };
  readonly reasons: readonly {
    kind: string;
    description: string;
    facts: readonly string[];
    contribution: number;
  }[];
  readonly sharedEvents: readonly { id: string }[];
}

interface PageOf<Node> {
  readonly edges: readonly { readonly node: Node }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

export interface Match {
  readonly id: string;
  readonly users: readonly { readonly id: string }[];
}

interface Answered {
  readonly __typename: string;
  readonly match: Match | null;
}

/** A skill that nobody else has, so that people of other tests stay out. */
export const aSkill = () => `skill ${newId()}`;
export const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000);
export const inDays = (days: number) => inMinutes(days * 24 * 60);

export type Stories = ReturnType<typeof storiesOf>;

export function storiesOf(matching: Matching) {
  let version = 0;
  const dataOf = async <Data>(who: string, query: string, variables: object, now?: Date) => {
    const { data, errors } = await matching.ask<Data>(who, query, variables, now);
    expect(errors).toBeUndefined();
    if (!data) throw new Error("no data");
    return data;
  };
  /** The code and the message of the error. The operation must have exactly one. */
  const refusal = async (who: string | null, query: string, variables: object = {}) => {
    const { errors = [] } = await matching.ask(who, query, variables);
    expect(errors).toHaveLength(1);
    return { code: errors[0]?.extensions.code, message: errors[0]?.message };
  };
  const page = async (who: string, variables: object = {}, now?: Date) => {
    type Data = { matchSuggestions: PageOf<Suggestion> };
    return (await dataOf<Data>(who, PAGE, variables, now)).matchSuggestions;
  };
  const list = async (who: string, now?: Date) =>
    (await page(who, { first: 100 }, now)).edges.map(({ node }) => node);
  const suggestionOf = async (who: string, other: string, now?: Date) =>
    (await list(who, now)).find(({ user }) => user.id === other)?.id ?? "";
  return {
    page,
    list,
    suggestionOf,
    refusedPage: (who: string | null, variables: object = {}) => refusal(who, PAGE, variables),
    refusedAnswer: (who: string | null, id: string, answer = "ACCEPT") =>
      refusal(who, ANSWER, { id, answer }),
    refusedMatches: (who: string | null) => refusal(who, MATCHES),
    suggestedTo: async (who: string, now?: Date) =>
      (await list(who, now)).map(({ user }) => user.id),
    async answer(who: string, id: string, answer: string, now?: Date) {
      type Data = { answerSuggestion: Answered };
      return (await dataOf<Data>(who, ANSWER, { id, answer }, now)).answerSuggestion;
    },
    async matches(who: string, variables: object = {}) {
      type Data = { matches: PageOf<Match> & { readonly seq: number } };
      return (await dataOf<Data>(who, MATCHES, variables)).matches;
    },
    /** The answer to the router for a reference to one entity. */
    async entity(who: string | null, type: string, id: string | undefined, selection: string) {
      const query = `query($of: [_Any!]!) { _entities(representations: $of) {
        ... on ${type} { ${selection} } } }`;
      const of = [{ __typename: type, id }];
      type Data = { _entities: unknown[] };
      return (await matching.ask<Data>(who, query, { of })).data?._entities[0];
    },
    block(blockerId: string, blockedId: string, isBlocked = true) {
      version += 1;
      const fact = { blockerId, blockedId, isBlocked, version };
      return matching.tell((tx) => applyBlock(tx, fact));
    },
    /** A viewer, and `size` other people with the same skill. */
    async crowd(size: number) {
      const skill = aSkill();
      const viewer = await matching.person({ skills: [skill] });
      const others = await Promise.all(
        Array.from({ length: size }, () => matching.person({ skills: [skill] })),
      );
      return { skill, viewer, others };
    },
    /** Two people with one skill, and their suggestions of each other. */
    async pair() {
      const skills = [aSkill()];
      const [ada, bob] = [await matching.person({ skills }), await matching.person({ skills })];
      const [ofBob, ofAda] = [await suggestionOf(ada, bob), await suggestionOf(bob, ada)];
      return { ada, bob, ofBob, ofAda };
    },
  };
}
