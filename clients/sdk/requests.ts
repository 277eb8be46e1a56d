// Queries and mutations of the viewer. An operation that is refused for an expired token is sent
// once more with a new token, if it cannot take effect twice.

import { NetworkError, signedOutError } from "./errors.ts";
import { type Answer, dataOf, type Http } from "./http.ts";
import type { Kept } from "./kept.ts";
import type { Network } from "./network.ts";
import type { Operation } from "./operation.ts";
import type { Session } from "./session.ts";

export interface RunOptions {
  /** The mutation has an idempotency key, or changes nothing when repeated. */
  readonly isSafeToRepeat?: boolean;
  /** Rejects, and sends nothing, unless this person is signed in. */
  readonly viewerId?: string;
  /**
   * The browser finishes the request if the page is closed meanwhile, for what a person does last.
   * At most 64 KB.
   */
  readonly outlivesPage?: boolean;
  /** Default: 3 for queries and what is safe to repeat, with pauses between them. Others: 1. */
  readonly tries?: number;
  /** Never answered from what is kept. */
  readonly isFresh?: boolean;
}

export interface RequestOptions extends RunOptions {
  readonly signal?: AbortSignal;
  /** Of one try. */
  readonly timeoutMs?: number;
}

/** Sends an operation. Rejects with `NetworkError`; errors of the graph are in the answer. */
export type Request = <Data, Variables extends object>(
  operation: Operation<Data, Variables>,
  variables: Variables,
  options?: RequestOptions,
) => Promise<Answer<Data>>;

/**
 * Runs an operation. Rejects with `GraphError` when the answer has errors, and with `NetworkError`
 * when there is none. A Problem is data.
 */
export type Run = <Data, Variables extends object>(
  operation: Operation<Data, Variables>,
  variables: Variables,
  options?: RunOptions,
) => Promise<Data>;

/** `ReauthenticationRequiredProblem`: what was sent has changed nothing, and may be sent again. */
export interface ReauthenticationNeeded {
  /** Whether `reauthenticate` needs a code as well. */
  readonly hasSecondFactor: boolean;
}

/** Lets the person authenticate again. False if they would rather not. */
export type Reauthenticate = (needed: ReauthenticationNeeded) => Promise<boolean>;

/** Sends a mutation that needs a recent authentication once more behind it. */
export function withReauthentication(
  request: Request,
  reauthenticate: Reauthenticate | undefined,
): Request {
  if (!reauthenticate) return request;
  return async (operation, variables, options) => {
    const answer = await request(operation, variables, options);
    const needed = operation.type === "mutation" ? neededBy(answer) : undefined;
    if (!needed || !(await reauthenticate(needed))) return answer;
    return request(operation, variables, options);
  };
}

function neededBy({ data }: Answer<unknown>): ReauthenticationNeeded | undefined {
  const results = Object.values(data ?? {}) as ({ __typename?: string } | null)[];
  return results.find((each) => each?.__typename === "ReauthenticationRequiredProblem") as
    | ReauthenticationNeeded
    | undefined;
}

/** Follows the answers of all requests. */
export interface Followers {
  readonly kept: Kept;
  readonly network: Network;
}

export function createRequest(http: Http, session: Session, followers?: Followers): Request {
  const request: Request = async (operation, variables, options = {}) => {
    const { isSafeToRepeat = false, signal, viewerId, outlivesPage, timeoutMs } = options;
    const sending = { signal, outlivesPage, timeoutMs };
    const isOther = () => viewerId !== undefined && session.getSnapshot().viewerId !== viewerId;
    const token = await session.accessToken();
    if (isOther()) throw signedOutError();
    const sender = session.getSnapshot().viewerId;
    const first = await http.post(operation, variables, token, sending);
    const mayRepeat = operation.type === "query" || isSafeToRepeat || hasNotRun(first);
    const isDue = token !== null && mayRepeat && isUnauthenticated(first);
    const renewed = isDue ? await session.renew(token) : null;
    const isAgain = renewed !== null && !isOther();
    const answer = isAgain ? await http.post(operation, variables, renewed, sending) : first;
    if (sender !== null && followers?.kept.keeps(operation)) {
      followers.kept.took(operation, variables, sender, answer);
    }
    return answer;
  };
  return followers ? heardBy(request, followers.network) : request;
}

function heardBy(request: Request, network: Network): Request {
  return async (operation, variables, options) => {
    try {
      const answer = await request(operation, variables, options);
      network.heard();
      return answer;
    } catch (error) {
      const isCut = error instanceof NetworkError && !options?.signal?.aborted;
      if (isCut) network.missed();
      throw error;
    }
  };
}

export function createRun(request: Request): Run {
  return async (operation, variables, options) =>
    dataOf(await request(operation, variables, options));
}

function isUnauthenticated({ errors = [] }: Answer<unknown>): boolean {
  return errors.some(({ extensions }) => extensions?.code === "UNAUTHENTICATED");
}

/** The router refused the request as a whole: an error of a field has a path. */
function hasNotRun({ data, errors = [] }: Answer<unknown>): boolean {
  return (data === undefined || data === null) && errors.every(({ path }) => path === undefined);
}
