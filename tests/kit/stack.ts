// The addresses and keys of the running stack, for tests.
import { inject } from "vitest";
import type { Keys } from "../../local/keys.ts";
import type { StackUrls } from "../../local/stack.ts";

export interface StackFacts {
  readonly urls: StackUrls;
  readonly keys: Keys;
  readonly redisPrefix: string;
  readonly storage: Readonly<Record<string, string>>;
  readonly dataDir: string;
}

let own: StackFacts | undefined;

/** Makes all clients of this folder use a test file's own stack. */
export function useStack(facts: StackFacts): void {
  own = facts;
}

export function stack(): StackFacts {
  return own ?? inject("stack");
}

/** The `/graphql` of a router: 0 or 1, each with its own replica of events behind it. */
export function graphqlUrl(router = 0): string {
  const base = stack().urls.routers[router];
  if (!base) throw new Error(`the test stack has no router ${router}`);
  return new URL("/graphql", base).href;
}
