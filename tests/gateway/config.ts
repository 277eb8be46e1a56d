// The configuration of a Hive Gateway in front of our subgraphs. Like our router it verifies access
// tokens and mints identity tokens. It has none of the router's sharing, limits, rates and ended
// sessions.
import type { FormattedExecutionResult, GraphQLError } from "graphql";
import { pino } from "pino";
import { iteratorOf } from "../../kit/live/iterators.ts";
import { createIdentityMint, IDENTITY_HEADER } from "../../kit/trust/identity.ts";
import { importSigningKey } from "../../kit/trust/keys.ts";
import { createAuthenticator } from "../../router/clients/viewer.ts";

/** Hive Gateway's context of an operation. `headers` also has the payload of connection_init. */
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
  tokens: { current: (identity) => identity },
  log: pino(),
});

/**
 * Mints a token of one minute for each request to a subgraph, because an event may need entity
 * fetches long after its subscription began.
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

/** Keeps the reason of a stream's end: the gateway masks the errors of its graphql-ws client. */
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
      // Not in `onFetch`: the gateway merges equal requests in flight by their headers from here.
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
