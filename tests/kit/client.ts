// A simple GraphQL client over HTTP: one POST for each operation, without retries.
import { expect } from "vitest";
import { graphqlUrl } from "./stack.ts";

export interface GraphQLAnswer<Data = unknown> {
  readonly status: number;
  readonly data?: Data | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: Record<string, unknown> & { readonly code: string };
  }[];
}

export interface AskOptions {
  /** Access token of the viewer. Without one the request is anonymous. */
  readonly as?: string | undefined;
  /** Which router, 0 or 1. */
  readonly router?: number;
  /** URL of a graph other than the stack's. */
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends an operation and returns the answer, also one with errors. */
export async function ask<Data = unknown>(
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
  options: AskOptions = {},
): Promise<GraphQLAnswer<Data>> {
  const response = await fetch(options.url ?? graphqlUrl(options.router), {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(options.as && { authorization: `Bearer ${options.as}` }),
      ...options.headers,
    },
    body: JSON.stringify({ query, variables }),
  });
  const body = (await response.json()) as Omit<GraphQLAnswer<Data>, "status">;
  return { status: response.status, ...body };
}

/** The code and the field of the error. The operation must have exactly one. */
export async function refusalOf(
  query: string,
  variables?: Readonly<Record<string, unknown>>,
  options?: AskOptions,
): Promise<{ readonly code: string; readonly field?: unknown; readonly received?: unknown }> {
  const { errors = [] } = await ask(query, variables, options);
  expect(errors).toHaveLength(1);
  return errors[0]?.extensions ?? { code: "NO_ERROR" };
}

/** The data of an operation. It must have no errors. */
export async function dataOf<Data = unknown>(
  query: string,
  variables?: Readonly<Record<string, unknown>>,
  options?: AskOptions,
): Promise<Data> {
  const answer = await ask<Data>(query, variables, options);
  expect(answer.errors).toBeUndefined();
  return answer.data as Data;
}

/** The result of a mutation: a member of its union. */
export interface Result {
  readonly __typename: string;
  readonly [field: string]: unknown;
}

/** Runs a mutation with one input as a person, and returns its result, also a problem. */
export async function resultOf(
  document: string,
  input: object,
  as: string,
  router = 0,
): Promise<Result> {
  const data = await dataOf<Record<string, Result>>(document, { input }, { as, router });
  const [result] = Object.values(data);
  if (!result) throw new Error("a mutation without a result");
  return result;
}
