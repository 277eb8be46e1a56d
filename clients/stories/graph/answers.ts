// The answers of the graph of a story: the values of root fields, by their names.
import { GraphQLError } from "graphql";

/** The value of a field, or a function of its arguments that returns or throws it. */
export type Answer = unknown;

export interface Answers {
  readonly Query?: Readonly<Record<string, Answer>>;
  readonly Mutation?: Readonly<Record<string, Answer>>;
  /** The events of a subscription, sent at once. */
  readonly Subscription?: Readonly<Record<string, readonly object[]>>;
}

/** The graph behind the screen of a story. */
export interface Graph extends Answers {
  /** The person who is signed in; null for nobody. Default: Ada. */
  readonly viewer?: ViewerAnswer | null;
  /** Nothing is answered: there is no network. */
  readonly isOffline?: boolean;
}

/** Of the session. */
export interface ViewerAnswer {
  readonly id: string;
  readonly isEmailVerified?: boolean;
  readonly leavesAt?: string;
  readonly isSecondFactorMissing?: boolean;
}

/** An answer that never comes. */
export const never = () => new Promise<never>(() => {});

/** An answer that is an error of the server. */
export const broken = () => {
  throw new GraphQLError("It failed.", { extensions: { code: "INTERNAL_SERVER_ERROR" } });
};

/** A connection with all `nodes` on its only page. `more` are other fields of it. */
export function connection<Node extends object>(nodes: readonly Node[], more: object = {}) {
  return {
    edges: nodes.map((node, at) => ({ cursor: `cursor-${at + 1}`, node })),
    pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    ...more,
  };
}
