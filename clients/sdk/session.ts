// One sign-in: its tokens, and their renewal, one at a time over all tabs that share a store and a
// lock. Access tokens stay in memory; only the refresh token is stored.
import {
  RefreshSession,
  SignIn,
  type SignInInput,
  type SignInMutation,
  SignOut,
  SignUp,
  type SignUpInput,
  type SignUpMutation,
} from "./generated/operations.ts";
import { dataOf, type Http } from "./http.ts";
import { createObservable, type Observable } from "./observable.ts";
import type { Clock, Lock } from "./platform.ts";
import type { TextStore } from "./text-store.ts";

export interface SessionState {
  /** `unknown` until the first use has read the store. */
  readonly status: "unknown" | "signedIn" | "signedOut";
  readonly viewerId: string | null;
}

interface SessionOptions {
  readonly http: Http;
  readonly clock: Clock;
  /** Of the refresh token. Tabs of one browser share it, and the lock. */
  readonly store: TextStore;
  readonly lock: Lock;
}

interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Seconds. The device's clock is not asked when the token ends: it may be wrong. */
  readonly expiresIn: number;
  readonly viewer: { readonly id: string };
}

const LOCK = "meetinity-session";
/** Renew this long before the end, but not before half of the life. */
const MARGIN_MS = 30_000;
const SIGNED_OUT: SessionState = { status: "signedOut", viewerId: null };

export class Session implements Observable<SessionState> {
  readonly getSnapshot: () => SessionState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly #options: SessionOptions;
  readonly #state = createObservable<SessionState>({ status: "unknown", viewerId: null });
  #current: { readonly token: string; readonly renewAt: number } | null = null;
  #refreshing: Promise<string | null> | null = null;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.getSnapshot = this.#state.getSnapshot;
    this.subscribe = this.#state.subscribe;
  }

  async signUp(input: SignUpInput): Promise<SignUpMutation["signUp"]> {
    const { http, clock, lock } = this.#options;
    const askedAt = clock.now();
    const { signUp } = dataOf(await http.post(SignUp, { input }));
    if (signUp.__typename === "SignUpSuccess") await lock(LOCK, () => this.#keep(signUp, askedAt));
    return signUp;
  }

  async signIn(input: SignInInput): Promise<SignInMutation["signIn"]> {
    const { http, clock, lock } = this.#options;
    const askedAt = clock.now();
    const { signIn } = dataOf(await http.post(SignIn, { input }));
    if (signIn.__typename === "SignInSuccess") await lock(LOCK, () => this.#keep(signIn, askedAt));
    return signIn;
  }

  /** Forgets the tokens in any case. Rejects if the server could not be told. */
  async signOut(): Promise<void> {
    const { http, lock } = this.#options;
    const ending = this.accessToken();
    const token = await ending.catch(() => null);
    await lock(LOCK, () => this.#forget());
    await ending;
    if (token !== null) dataOf(await http.post(SignOut, {}, token));
  }

  /** A token that is not known to have ended; null when nobody is signed in. */
  async accessToken(): Promise<string | null> {
    if (this.#refreshing) return this.#refreshing;
    const current = this.#current;
    if (current && this.#options.clock.now() < current.renewAt) return current.token;
    return this.#state.getSnapshot().status === "signedOut" ? null : this.#refresh();
  }

  /** A token other than `rejected`, which the router refused. Null when the session has ended. */
  async renew(rejected: string): Promise<string | null> {
    if (this.#refreshing) return this.#refreshing;
    const current = this.#current;
    return current && current.token !== rejected ? current.token : this.#refresh();
  }

  #refresh(): Promise<string | null> {
    this.#refreshing ??= this.#options
      .lock(LOCK, () => this.#exchange())
      .finally(() => {
        this.#refreshing = null;
      });
    return this.#refreshing;
  }

  /** Runs under the lock: another tab may have exchanged the token that this one saw last. */
  async #exchange(): Promise<string | null> {
    const { http, clock, store } = this.#options;
    const refreshToken = await store.read();
    if (refreshToken === null) {
      await this.#forget();
      return null;
    }
    const askedAt = clock.now();
    const { refreshSession } = dataOf(await http.post(RefreshSession, { input: { refreshToken } }));
    if (refreshSession.__typename !== "RefreshSessionSuccess") {
      await this.#forget();
      return null;
    }
    await this.#keep(refreshSession, askedAt);
    return refreshSession.accessToken;
  }

  async #keep(tokens: Tokens, askedAt: number): Promise<void> {
    const { accessToken, refreshToken, expiresIn, viewer } = tokens;
    await this.#options.store.write(refreshToken);
    const lifeMs = expiresIn * 1000;
    // The token was issued after the request left, so that it ends later than this says.
    const renewAt = askedAt + lifeMs - Math.min(MARGIN_MS, lifeMs / 2);
    this.#current = { token: accessToken, renewAt };
    const { viewerId } = this.#state.getSnapshot();
    if (viewerId !== viewer.id) this.#state.set({ status: "signedIn", viewerId: viewer.id });
  }

  async #forget(): Promise<void> {
    this.#current = null;
    await this.#options.store.write(null);
    this.#state.set(SIGNED_OUT);
  }
}
