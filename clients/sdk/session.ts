// One sign-in: its tokens, and their renewal, one at a time over all tabs that share a store and a
// lock. Access tokens stay in memory; only the refresh token is stored.
import { NetworkError } from "./errors.ts";
import {
  AnswerSecondFactor,
  type AnswerSecondFactorInput,
  type AnswerSecondFactorMutation,
  SignIn,
  type SignInInput,
  type SignInMutation,
  SignOut,
  SignUp,
  type SignUpInput,
  type SignUpMutation,
} from "./generated/operations.ts";
import { dataOf, type Http } from "./http.ts";
import { type LastViewer, lastViewerIn } from "./last-viewer.ts";
import { createObservable, type Observable } from "./observable.ts";
import {
  type DeviceInput,
  hasTokens,
  isOfDevice,
  type SessionOptions,
  type Tokens,
} from "./session-options.ts";
import { renewal } from "./session-renewal.ts";
import {
  ENDED,
  isSameViewer,
  messageOf,
  type SessionState,
  SIGNED_OUT,
  signedInAs,
} from "./session-state.ts";
import { openTabs, type SessionMessage, type Tabs } from "./tabs.ts";

const LOCK = "meetinity-session";
/** Renew this long before the end, but not before half of the life. */
const MARGIN_MS = 30_000;
/** Between tries to tell the server of a sign-out. */
const LATER_MS = 5_000;

export class Session implements Observable<SessionState> {
  readonly getSnapshot: () => SessionState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly #options: SessionOptions;
  readonly #state = createObservable<SessionState>({ status: "unknown", viewerId: null });
  #current: { readonly token: string; readonly renewAt: number } | null = null;
  #refreshing: Promise<string | null> | null = null;
  readonly #lastViewer: LastViewer | null;
  readonly #tabs: Tabs;
  readonly #onSignOut = new Set<(viewerId: string) => void>();

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#lastViewer = lastViewerIn(options.lastViewer ?? null);
    this.getSnapshot = this.#state.getSnapshot;
    this.subscribe = this.#state.subscribe;
    this.#tabs = openTabs(options.openChannel, options.refreshTokens.sharedAs, (message) => {
      if (message.kind === "session") this.#followTab(message);
    });
  }

  signUp(input: SignUpInput): Promise<SignUpMutation["signUp"]> {
    return this.signInBy(async (http, device) => {
      const variables = { input: { ...device, ...input } };
      return dataOf(await http.post(SignUp, variables)).signUp;
    });
  }

  /** `SecondFactorRequired` signs nobody in: pass its challenge to `answerSecondFactor`. */
  signIn(input: SignInInput): Promise<SignInMutation["signIn"]> {
    return this.signInBy(async (http, device) => {
      const variables = { input: { ...device, ...input } };
      return dataOf(await http.post(SignIn, variables)).signIn;
    });
  }

  /**
   * Begins a session if the answer of a mutation has tokens, and returns the answer. Under the
   * lock: a cookie that is on its way elsewhere must not replace the new one. An answer may have a
   * device token alone.
   */
  signInBy<Answer extends object>(
    ask: (http: Http, device: DeviceInput) => Promise<Answer>,
  ): Promise<Answer> {
    const { clock, lock, refreshTokens, deviceToken } = this.#options;
    return lock(LOCK, async () => {
      const known = await deviceToken?.read();
      const askedAt = clock.now();
      const answer = await ask(refreshTokens.http, known ? { deviceToken: known } : {});
      if (isOfDevice(answer)) await deviceToken?.write(answer.deviceToken);
      if (hasTokens(answer)) await this.#begin(answer, askedAt);
      return answer;
    });
  }

  /** The second step of signing in, with a code of the app or a recovery code. */
  answerSecondFactor(
    input: AnswerSecondFactorInput,
  ): Promise<AnswerSecondFactorMutation["answerSecondFactor"]> {
    return this.signInBy(async (http, device) => {
      const variables = { input: { ...device, ...input } };
      return dataOf(await http.post(AnswerSecondFactor, variables)).answerSecondFactor;
    });
  }

  /**
   * Forgets the tokens, here and in all tabs, and ends the session. Rejects if the server could not
   * be told. Only the router can delete its cookie: without it the person stays signed in, unless
   * there is a `lastViewer`: then they are signed out here, and the server is told later. With
   * `isOver`, the server has ended the session already, and is not told.
   */
  async signOut({ isOver = false } = {}): Promise<void> {
    const { http, lock, refreshTokens } = this.#options;
    const ending = isOver ? Promise.resolve(null) : this.accessToken();
    const token = await ending.catch(() => null);
    await lock(LOCK, async () => {
      const { viewerId } = this.getSnapshot();
      const isLater = await refreshTokens.write(null).then(
        () => false,
        (error: unknown) => {
          if (this.#lastViewer && error instanceof NetworkError) return true;
          throw error;
        },
      );
      this.#forget();
      await this.#lastViewer?.write(isLater ? "leaving" : null);
      if (isLater) void this.wake();
      this.#tabs.post({ kind: "session", viewerId: null });
      if (viewerId !== null) for (const listener of this.#onSignOut) listener(viewerId);
    });
    await ending;
    if (token !== null) dataOf(await http.post(SignOut, {}, token));
  }

  /** Calls `listener` when the person signs out here, and not when their session ends otherwise. */
  onSignOut(listener: (viewerId: string) => void): void {
    this.#onSignOut.add(listener);
  }

  /** A token that is not known to have ended; null when nobody is signed in. */
  async accessToken(): Promise<string | null> {
    if (this.#refreshing) return this.#refreshing;
    const current = this.#current;
    if (current && this.#options.clock.now() < current.renewAt) return current.token;
    return this.#state.getSnapshot().status === "signedOut" ? null : this.#refresh();
  }

  /**
   * Takes it that the last viewer is still signed in, where the server does not say: the network is
   * missing, or slow. It does nothing once it is known who is. The next answer decides.
   */
  async assume(): Promise<void> {
    const last = await this.#lastViewer?.read();
    if (!last || this.getSnapshot().status !== "unknown") return;
    this.#state.set(last === "leaving" ? SIGNED_OUT : last);
    void this.wake();
  }

  /** Tells the server of a sign-out of which it does not know, as soon as it can. Never rejects. */
  async wake(): Promise<void> {
    if ((await this.#lastViewer?.read()) !== "leaving") return;
    await this.#refresh().catch(() => this.#options.clock.after(LATER_MS, () => void this.wake()));
  }

  /** A token other than `rejected`, which the router refused. Null when the session has ended. */
  async renew(rejected: string): Promise<string | null> {
    if (this.#refreshing) return this.#refreshing;
    const current = this.#current;
    return current && current.token !== rejected ? current.token : this.#refresh();
  }

  /** Reads anew what the viewer may do, for example after they have confirmed their address. */
  async refresh(): Promise<void> {
    await this.#refresh();
  }

  /** Follows other tabs no more. */
  close(): void {
    this.#tabs.close();
  }

  async #begin(tokens: Tokens, askedAt: number): Promise<void> {
    await this.#keep(tokens, askedAt);
    this.#tabs.post(messageOf(this.getSnapshot()));
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
    const askedAt = this.#options.clock.now();
    const renewed = await renewal(this.#options, this.#lastViewer).catch(async (error: unknown) => {
      await this.assume();
      throw error;
    });
    if (hasTokens(renewed)) {
      await this.#keep(renewed, askedAt);
      return renewed.accessToken;
    }
    this.#forget(renewed);
    if (renewed.hasEnded) this.#tabs.post({ kind: "session", viewerId: null, hasEnded: true });
    return null;
  }

  async #keep(tokens: Tokens, askedAt: number): Promise<void> {
    const { accessToken, refreshToken, expiresIn, viewer } = tokens;
    await this.#options.refreshTokens.write(refreshToken);
    const lifeMs = expiresIn * 1000;
    // The token was issued after the request left, so that it ends later than this says.
    const renewAt = askedAt + lifeMs - Math.min(MARGIN_MS, lifeMs / 2);
    this.#current = { token: accessToken, renewAt };
    const before = this.#state.getSnapshot();
    const state = signedInAs(viewer.id, viewer);
    await this.#lastViewer?.write(state);
    if (isSameViewer(before, state)) return;
    this.#state.set(state);
    if (before.viewerId === viewer.id) this.#tabs.post(messageOf(state));
  }

  /** The first one says why; nobody can be told of the end of what they did not see. */
  #forget({ hasEnded = false } = {}): void {
    this.#current = null;
    const { status, viewerId } = this.getSnapshot();
    if (status === "signedOut") return;
    this.#state.set(hasEnded && viewerId !== null ? ENDED : SIGNED_OUT);
  }

  /** Another tab has signed in or out; the token that they share is there already. */
  #followTab({ viewerId, hasEnded, ...told }: SessionMessage): void {
    this.#current = null;
    if (viewerId === null) {
      this.#forget(hasEnded ? { hasEnded } : {});
      return;
    }
    const state = signedInAs(viewerId, told);
    if (!isSameViewer(this.getSnapshot(), state)) this.#state.set(state);
  }
}
