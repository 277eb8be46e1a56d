// A small GraphQL client for the seed: each call sends one operation of schema/operations to the
// router over HTTP. It waits and retries when rate-limited, and throws on every other error.
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { operation } from "#schema/operations";

const TIMEOUT_MS = 60_000;
const ATTEMPTS_MAX = 20;
const WAIT_MS_DEFAULT = 500;

export interface Request<Outcome extends z.ZodType> {
  /** The name of an operation with one root field, which `outcome` describes. */
  readonly operation: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The outcomes that the caller handles. */
  readonly outcome: Outcome;
  readonly accessToken?: string;
}

/** A GraphQL error in the router's answer. */
export class Refusal extends Error {
  readonly code: string | undefined;

  constructor(message: string, code: string | undefined) {
    super(message);
    this.code = code;
  }
}

/** Its errors name the operation and what arrived. A `Refusal` has the error's code. */
export type Send = <Outcome extends z.ZodType>(
  request: Request<Outcome>,
) => Promise<z.infer<Outcome>>;

const answerShape = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z
    .array(
      z.object({
        message: z.string(),
        extensions: z
          .object({ code: z.string().optional(), retryAfterMs: z.number().optional() })
          .optional(),
      }),
    )
    .optional(),
});
type Answer = z.infer<typeof answerShape>;

export function createClient(graphqlUrl: string): Send {
  return async (request) => {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await post(graphqlUrl, request);
      const refusal = answer.errors?.[0]?.extensions;
      if (refusal?.code !== "RATE_LIMITED" || attempt === ATTEMPTS_MAX) {
        return outcomeOf(request, answer);
      }
      await delay(refusal.retryAfterMs ?? WAIT_MS_DEFAULT);
    }
  };
}

async function post(graphqlUrl: string, request: Request<z.ZodType>): Promise<Answer> {
  const { operation: name, variables, accessToken } = request;
  const body = JSON.stringify({ query: operation(name), variables });
  try {
    const response = await fetch(graphqlUrl, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(accessToken && { authorization: `Bearer ${accessToken}` }),
      },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return answerShape.parse(await response.json());
  } catch (error) {
    throw new Error(`${name}: ${graphqlUrl} sent no GraphQL answer. ${reasonOf(error)}`);
  }
}

/** The message of `fetch` says only that it failed; the cause says why. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

function outcomeOf<Outcome extends z.ZodType>(
  request: Request<Outcome>,
  { data, errors }: Answer,
): z.infer<Outcome> {
  const [error] = errors ?? [];
  if (error) {
    const code = error.extensions?.code;
    throw new Refusal(`${request.operation}: ${error.message} (${code ?? "no code"})`, code);
  }
  const [root] = Object.values(data ?? {});
  const result = request.outcome.safeParse(root);
  if (result.success) return result.data;
  const problem = z.object({ __typename: z.string(), reason: z.string() }).safeParse(root);
  const arrived = problem.success
    ? `${problem.data.__typename}: ${problem.data.reason}`
    : z.prettifyError(result.error);
  throw new Error(`${request.operation} had an unexpected outcome. ${arrived}`);
}
