// Every reason for which the router closes a socket, with the close codes of graphql-transport-ws,
// and of WebSocket where that has none. The library ws closes for breaches of the WebSocket
// protocol. docs/guides/sockets.md says how a client reacts to each.

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
  initTimeout: { code: 4408, reason: "Connection initialisation timeout" },
  idInUse: { code: 4409, reason: "Subscriber for this id already exists" },
  tooManyInits: { code: 4429, reason: "Too many initialisation requests" },
  broken: { code: 4500, reason: "Internal server error" },
} as const satisfies Readonly<Record<string, Closing>>;

/** The limit of WebSocket; ws throws beyond it. */
const REASON_BYTES_MAX = 123;

/** The protocol wants the id in the reason; it is left out where it does not fit. */
export function idInUse(id: string): Closing {
  const reason = `Subscriber for ${id} already exists`;
  const { code } = CLOSINGS.idInUse;
  return Buffer.byteLength(reason) <= REASON_BYTES_MAX ? { code, reason } : CLOSINGS.idInUse;
}
