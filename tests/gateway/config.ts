// The configuration of a Hive Gateway in front of our subgraphs. It does what our router does at
// its door: finds out who asks, and mints the identity token that subgraphs believe. Sharing,
// limits, rates and sessions that end early stay the router's.
import type { FormattedExecutionResult, GraphQLError } from "graphql";
import { pino } from "pino";
import { iteratorOf } from "../../kit/live/iterators.ts";
import { createIdentityMint, IDENTITY_HEADER } from "../../kit/trust/identity.ts";
import { importSigningKey } from "../../kit/trust/keys.ts";
import { createAuthenticator } from "../../router/clients/viewer.ts";

/** What Hive Gateway carries for an operation; `headers` has what greeted a socket, too. */
interface Context {
  readonly headers: Readonly<Record<string, string>>;
  identity?: string;
}

type Answer = FormattedExecutionResult | AsyncIterable<FormattedExecutionResult>;
type Execute = (request: { readonly context: Context }) => Promise<Answer> | Answer;

interface ExecuteHook {
  readonly executor: Execute;
  setExecutor(executor: Execute): void;
}

const {
  SUBGRAPH_URLS = "{}",
  IDENTITY_SIGNING_KEY = "{}",
  ACCESS_TOKEN_JWKS_URL = "",
} = process.env;

const mint = createIdentityMint(await importSigningKey(JSON.parse(IDENTITY_SIGNING_KEY)));
const authenticator = createAuthenticator({
  jwksUrl: ACCESS_TOKEN_JWKS_URL,
  mint,
  ended: { has: () => false },
  log: pino(),
});

/**
 * A token of a minute for each request to a subgraph: an event may be joined long after its
 * subscription began.
 */
function asViewer(execute: Execute): Execute {
  return async (request) => {
    const { context } = request;
    try {
      context.identity = await mint(await authenticator.identify(context.headers.authorization));
    } catch (error) {
      return { errors: [(error as GraphQLError).toJSON()] };
    }
    const answer = await execute(request);
    return Symbol.asyncIterator in answer ? withReasons(answer) : answer;
  };
}

/** Why a stream ends: the gateway masks the list of errors that its graphql-ws client throws. */
function withReasons(
  events: AsyncIterable<FormattedExecutionResult>,
): AsyncIterable<FormattedExecutionResult> {
  const source = events[Symbol.asyncIterator]();
  return iteratorOf({
    next: () =>
      source.next().catch((thrown: unknown) => {
        if (!Array.isArray(thrown)) throw thrown;
        return { done: false, value: { errors: thrown } };
      }),
    end: () => source.return?.(),
  });
}

const locations = Object.entries<string>(JSON.parse(SUBGRAPH_URLS));

export const gatewayConfig = {
  transportEntries: {
    ...Object.fromEntries(locations.map(([name, location]) => [name, { location }])),
    "*.http": {
      // Here and not in `onFetch`: equal requests in flight are made one, if these are equal too.
      headers: [[IDENTITY_HEADER, "{context.identity}"]],
      options: {
        subscriptions: {
          kind: "ws",
          options: { connectionParams: { identity: "{context.identity}" } },
        },
      },
    },
  },
  plugins: () => [
    {
      onSubgraphExecute({ executor, setExecutor }: ExecuteHook) {
        setExecutor(asViewer(executor));
      },
    },
  ],
};
