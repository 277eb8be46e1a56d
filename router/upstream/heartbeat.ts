// Detects a subgraph that no longer responds on its socket: pings it while it is silent, and gives
// up when nothing comes back.

const PING_EVERY_MS = 12_000;
const PONG_WITHIN_MS = 5_000;
const CONNECT_TIMEOUT_MS = 5_000;

export interface Heartbeat {
  /** Any message of the subgraph counts. */
  received(): void;
  stop(): void;
}

/** Gives up on a subgraph that does not acknowledge the connection in time, or answer a ping. */
export function createHeartbeat(ping: () => void, giveUp: () => void): Heartbeat {
  let isAwaited = true;
  let timer = setTimeout(giveUp, CONNECT_TIMEOUT_MS);
  const sendPing = () => {
    ping();
    isAwaited = true;
    timer = setTimeout(giveUp, PONG_WITHIN_MS);
  };
  return {
    received() {
      if (!isAwaited) return;
      isAwaited = false;
      clearTimeout(timer);
      timer = setTimeout(sendPing, PING_EVERY_MS);
    },
    stop: () => clearTimeout(timer),
  };
}
