// The parts from which a session is made, and the answers that begin one.
import type { Http } from "./http.ts";
import type { Clock, Lock, OpenChannel } from "./platform.ts";
import type { RefreshTokens } from "./refresh-tokens.ts";
import type { ViewerState } from "./session-state.ts";
import type { TextStore } from "./text-store.ts";

/** The device's part of an input, to be spread into it. */
export interface DeviceInput {
  readonly deviceToken?: string;
}

export interface SessionOptions {
  readonly http: Http;
  readonly clock: Clock;
  /** Tabs of one browser share it, and the lock. */
  readonly refreshTokens: RefreshTokens;
  /** Of the device token, which outlives sessions. Null where a cookie has it. */
  readonly deviceToken: TextStore | null;
  /** Of the person who is signed in, for pages that open without a network. */
  readonly lastViewer?: TextStore | null;
  readonly lock: Lock;
  readonly openChannel: OpenChannel;
}

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Seconds. The device's clock is not asked when the token ends: it may be wrong. */
  readonly expiresIn: number;
  readonly viewer: ViewerState & { readonly id: string };
}

export function hasTokens(answer: object): answer is Tokens {
  return "accessToken" in answer;
}

/** A token in a cookie is empty here. */
export function isOfDevice(answer: object): answer is { readonly deviceToken: string } {
  return "deviceToken" in answer && typeof answer.deviceToken === "string" && !!answer.deviceToken;
}
