// Where the refresh token is: in a store of the app, or in a cookie that the router keeps from
// scripts. The operations of a session go where the token is.
import type { RefreshSessionInput } from "./generated/operations.ts";
import type { Http } from "./http.ts";
import type { TextStore } from "./text-store.ts";

export interface RefreshTokens {
  /** For the operations that give tokens. */
  readonly http: Http;
  /** The name under which tabs share the token. */
  readonly sharedAs: string | undefined;
  /** The input of `RefreshSession`; null when there is no token. */
  read(): Promise<RefreshSessionInput | null>;
  /** Keeps the token of an answer. Null forgets it. */
  write(refreshToken: string | null): Promise<void>;
}

export function storedTokens(http: Http, store: TextStore): RefreshTokens {
  return {
    http,
    sharedAs: store.sharedAs,
    async read() {
      const refreshToken = await store.read();
      return refreshToken === null ? null : { refreshToken };
    },
    write: (refreshToken) => store.write(refreshToken),
  };
}

/**
 * The router puts the token of each answer into the cookie, and the cookie into each refresh. All
 * tabs of the browser share it.
 */
export function cookieTokens(http: Http, url: string): RefreshTokens {
  return {
    http,
    sharedAs: url,
    // Whether there is a cookie, only the router knows.
    read: async () => ({}) as RefreshSessionInput,
    async write(refreshToken) {
      if (refreshToken === null) await http.delete();
    },
  };
}

/** The router's path for them, at the origin of `/graphql`. React Native has no full `URL`. */
export function sessionUrl(url: string): string {
  return url.replace(/^(\w+:\/\/[^/?#]+).*$/, "$1/session");
}
