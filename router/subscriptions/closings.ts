// Every way in which the router itself closes a socket: codes and reasons of graphql-transport-ws,
// and of WebSocket where that has none. Who breaks the WebSocket protocol is closed by ws. What a
// client does about each is in docs/guides/sockets.md.

export interface Closing {
  readonly code: number;
  readonly reason: string;
}

export const CLOSINGS = {
  goingAway: { code: 1001, reason: "Going away" },
  tooManyFrames: { code: 1008, reason: "Too many frames" },
  tooSlow: { code: 1013, reason: "Read faster, and resume behind the last event" },
  tryAgainLater: { code: 1013, reason: "Try again later" },
  badSubscriberId: {
    code: 4400,
    reason: "subscriberId must be 1 to 64 letters, digits, hyphens or underscores",
  },
  invalidMessage: { code: 4400, reason: "Invalid message received" },
  unauthorized: { code: 4401, reason: "Unauthorized" },
  forbidden: { code: 4403, reason: "Forbidden" },
  otherProtocol: { code: 4406, reason: "Subprotocol not acceptable" },
  notGreeted: { code: 4408, reason: "Connection initialisation timeout" },
  idInUse: { code: 4409, reason: "Subscriber for this id already exists" },
  greetedTwice: { code: 4429, reason: "Too many initialisation requests" },
  broken: { code: 4500, reason: "Internal server error" },
} as const satisfies Readonly<Record<string, Closing>>;

/** WebSocket's bound; ws throws beyond it. */
const REASON_BYTES_MAX = 123;

/** Names the id, as the protocol wants it, where a reason has room for that. */
export function idInUse(id: string): Closing {
  const reason = `Subscriber for ${id} already exists`;
  const { code } = CLOSINGS.idInUse;
  return Buffer.byteLength(reason) <= REASON_BYTES_MAX ? { code, reason } : CLOSINGS.idInUse;
}
