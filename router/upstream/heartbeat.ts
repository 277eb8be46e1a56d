// Whether a subgraph still says anything on its socket: it is pinged now and then, and given up
// when it stays silent.

const PING_EVERY_MS = 12_000;
const PONG_WITHIN_MS = 5_000;
const CONNECT_TIMEOUT_MS = 5_000;

export interface Heartbeat {
  /** The subgraph greeted, or said something. */
  received(): void;
  stop(): void;
}

/** Pings now and then; gives up on a subgraph that does not greet in time, or says nothing. */
export function createHeartbeat(ping: () => void, giveUp: () => void): Heartbeat {
  let isAwaited = true;
  let timer = setTimeout(giveUp, CONNECT_TIMEOUT_MS);
  const ask = () => {
    ping();
    isAwaited = true;
    timer = setTimeout(giveUp, PONG_WITHIN_MS);
  };
  return {
    received() {
      if (!isAwaited) return;
      isAwaited = false;
      clearTimeout(timer);
      timer = setTimeout(ask, PING_EVERY_MS);
    },
    stop: () => clearTimeout(timer),
  };
}
