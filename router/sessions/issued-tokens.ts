// The fate of access tokens after they were issued: their sessions ended, they were superseded,
// or a scope was granted. Tokens are refused, their streams end, or they count for more. A fact is
// dropped when its tokens have expired. follow.ts brings the facts; nothing is looked up.
import type { GraphQLError } from "graphql";
import { LRUCache } from "lru-cache";
import { fail } from "#kit/errors";
import type { EndedSession, GrantedScope, RaisedTokenVersion } from "#kit/facts/token-feed";
import type { Log } from "#kit/service/logger";
import type { Identity, Viewer } from "#kit/trust/identity";
import { createWaiters, type RefusalOf } from "./waiters.ts";

/** Facts may come several times and in any order. */
export interface TokenFacts {
  /** Refuses the session's tokens from now on, and notifies their waiters. */
  endSession(ended: EndedSession): void;
  /** The same for the person's tokens of a lower version. */
  raiseVersion(raised: RaisedTokenVersion): void;
  /** Adds a scope to the person's tokens of this version; open streams stay as they are. */
  grantScope(granted: GrantedScope): void;
}

export interface IssuedTokens extends TokenFacts {
  /**
   * The identity that counts now for the one in a token. Throws `UNAUTHENTICATED` if the token's
   * session has ended, or a newer version of the person's tokens is out.
   */
  current(identity: Identity): Identity;
  /**
   * Calls `onOver` once, with the reason, when the viewer's token expires or is refused; in a
   * microtask if it is refused already. The returned function cancels. Other identities never end.
   */
  whenOver(identity: Identity, onOver: (reason: GraphQLError) => void): () => void;
}

/** Of each kind of fact. Only an attack makes more within the lifetime of an access token. */
const KEPT_MAX = 100_000;

/** The scopes that a person's tokens of one version have beside their own. */
interface Granted {
  readonly tokenVersion: number;
  readonly scopes: readonly string[];
}

export function createIssuedTokens(log: Log): IssuedTokens {
  const endedSessions = createKept<true>(log);
  const lowestVersions = createKept<number>(log);
  const granted = createKept<Granted>(log);

  const refusalOf: RefusalOf = ({ id, sessionId, tokenVersion = 0 }) => {
    if (endedSessions.of(sessionId)) return sessionEnded();
    return tokenVersion < (lowestVersions.of(id) ?? 0) ? superseded() : null;
  };
  const waiters = createWaiters(refusalOf);

  return {
    endSession({ sessionId, userId, accessTokensEndBy }) {
      endedSessions.keep(sessionId, true, accessTokensEndBy);
      waiters.notify(userId);
    },
    raiseVersion({ userId, tokenVersion, accessTokensEndBy }) {
      if (tokenVersion <= (lowestVersions.of(userId) ?? 0)) return;
      lowestVersions.keep(userId, tokenVersion, accessTokensEndBy);
      waiters.notify(userId);
    },
    grantScope({ userId, scope, tokenVersion, accessTokensEndBy }) {
      const known = granted.of(userId);
      if (known && known.tokenVersion > tokenVersion) return;
      const others = known?.tokenVersion === tokenVersion ? known.scopes : [];
      const scopes = [...new Set([...others, scope])];
      granted.keep(userId, { tokenVersion, scopes }, accessTokensEndBy);
    },
    current(identity) {
      if (identity.kind !== "viewer") return identity;
      const { viewer } = identity;
      const refusal = refusalOf(viewer);
      if (refusal) throw refusal;
      return withScopes(identity, viewer, granted.of(viewer.id));
    },
    whenOver(identity, onOver) {
      if (identity.kind !== "viewer") return () => {};
      return waiters.enter(identity.viewer, onOver);
    },
  };
}

/** Equal tokens get equal identities, which are what reads and minted tokens are shared by. */
function withScopes(identity: Identity, viewer: Viewer, granted: Granted | undefined): Identity {
  if (!granted || granted.tokenVersion !== (viewer.tokenVersion ?? 0)) return identity;
  const missing = granted.scopes.filter((scope) => !viewer.scopes.includes(scope));
  if (missing.length === 0) return identity;
  return { kind: "viewer", viewer: { ...viewer, scopes: [...viewer.scopes, ...missing] } };
}

/** Values by key, each until its time. Beyond `KEPT_MAX` the oldest are dropped. */
function createKept<Value extends {}>(log: Log) {
  const kept = new LRUCache<string, Value>({ max: KEPT_MAX, ttl: 1, perf: Date });
  return {
    of: (key: string) => kept.get(key),
    keep(key: string, value: Value, until: Date): void {
      const leftMs = until.getTime() - Date.now();
      if (leftMs <= 0) return;
      if (kept.size >= KEPT_MAX) kept.purgeStale();
      if (kept.size >= KEPT_MAX) log.warn({ KEPT_MAX }, "facts about tokens are dropped too early");
      kept.set(key, value, { ttl: leftMs });
    },
  };
}

function sessionEnded(): GraphQLError {
  return fail("UNAUTHENTICATED", "The session has ended: sign in again.");
}

function superseded(): GraphQLError {
  const message = "The access token counts no more: refresh the session, and resume streams.";
  return fail("UNAUTHENTICATED", message);
}
