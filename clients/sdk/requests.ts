// Queries and mutations of the viewer. An operation that is refused for an expired token is sent
// once more with a new token, if it cannot take effect twice.
import { type Answer, dataOf, type Http } from "./http.ts";
import type { Operation } from "./operation.ts";
import type { Session } from "./session.ts";

export interface RunOptions {
  /** The mutation has an idempotency key, or changes nothing when repeated. */
  readonly isSafeToRepeat?: boolean;
}

/**
 * Runs an operation. Rejects with `GraphError` when the answer has errors, and with `NetworkError`
 * when there is none. A Problem is data.
 */
export type Run = <Data, Variables extends object>(
  operation: Operation<Data, Variables>,
  variables: Variables,
  options?: RunOptions,
) => Promise<Data>;

export function createRun(http: Http, session: Session): Run {
  return async (operation, variables, { isSafeToRepeat = false } = {}) => {
    const token = await session.accessToken();
    const answer = await http.post(operation, variables, token);
    const mayRepeat = operation.type === "query" || isSafeToRepeat || hasNotRun(answer);
    if (token === null || !mayRepeat || !isUnauthenticated(answer)) return dataOf(answer);
    const renewed = await session.renew(token);
    if (renewed === null) return dataOf(answer);
    return dataOf(await http.post(operation, variables, renewed));
  };
}

function isUnauthenticated({ errors = [] }: Answer<unknown>): boolean {
  return errors.some(({ extensions }) => extensions?.code === "UNAUTHENTICATED");
}

/** The router refused the request as a whole: an error of a field has a path. */
function hasNotRun({ data, errors = [] }: Answer<unknown>): boolean {
  return (data === undefined || data === null) && errors.every(({ path }) => path === undefined);
}
