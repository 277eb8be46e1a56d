// An app on Apollo Client for tests, over the client of a person. Tests that import it run with
// whichever version of Apollo Client `@apollo/client/core` is.
import { ApolloClient, ApolloLink, InMemoryCache, type Observable } from "@apollo/client/core";
import { expect, onTestFinished, test } from "vitest";
import {
  type ApolloLinkOptions,
  createApolloLink,
  possibleTypes,
  typePolicies,
} from "../../../clients/sdk/apollo.ts";
import type { Client } from "../../../clients/sdk/index.ts";

export type Apollo = ReturnType<typeof startApollo>;

/** Stops at the end of the test. */
export function startApollo(client: Client, options?: ApolloLinkOptions) {
  const apollo = new ApolloClient({
    link: createApolloLink(client, options),
    cache: new InMemoryCache({ possibleTypes, typePolicies }),
  });
  onTestFinished(() => apollo.stop());
  return apollo;
}

interface EitherError {
  /** Of version 4. */
  readonly errors?: readonly { readonly extensions?: { readonly code?: unknown } }[];
  /** Of version 3. */
  readonly graphQLErrors?: EitherError["errors"];
  readonly networkError?: unknown;
}

/** The codes of an error of GraphQL, as Apollo Client gives it. */
export function codesOf(error: unknown): unknown[] {
  const { errors, graphQLErrors = errors ?? [] } = error as EitherError;
  return graphQLErrors.map(({ extensions }) => extensions?.code);
}

/** The error of the network; version 3 has it inside of its own. */
export function networkErrorOf(error: unknown): unknown {
  return (error as EitherError).networkError ?? error;
}

interface Result<Data> {
  readonly data?: Data | null | undefined;
  readonly error?: unknown;
}

/** What a subscription gives: data, and errors in the form of either version. */
export function collect<Data>(source: Pick<Observable<Result<Data>>, "subscribe">) {
  const data: Data[] = [];
  const ends: unknown[] = [];
  const subscription = source.subscribe({
    next(result) {
      if (result.error) ends.push(result.error);
      if (result.data) data.push(result.data);
    },
    error: (error) => ends.push(error),
    complete: () => ends.push("complete"),
  });
  return { data, ends, stop: () => subscription.unsubscribe() };
}

/** A screen that shows a query, until the end of the test. Returns how to close it earlier. */
export function show(query: {
  subscribe(screen: { next(): void; error(): void }): { unsubscribe(): void };
}): () => void {
  const subscription = query.subscribe({ next() {}, error() {} });
  onTestFinished(() => subscription.unsubscribe());
  return () => subscription.unsubscribe();
}

/** The tests of this file run with this version. */
export function expectVersion(prefix: string): void {
  test(`the version of Apollo Client is ${prefix}`, () => {
    const cache = new InMemoryCache();
    const { version } = new ApolloClient({ cache, link: ApolloLink.empty() });
    expect(version.startsWith(prefix)).toBe(true);
  });
}
