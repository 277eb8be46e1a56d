// Rates of WebSockets by address, and of frames by WebSocket, counted in this process before a
// request or a frame is read. The cost of operations is counted elsewhere.

import type { Rates } from "../limits/rates.ts";
import { charged, chargeOf, waitMsOf } from "../policy/bucket.ts";
import { createProcessLedger } from "../policy/ledger.ts";
import type { Metrics } from "../telemetry/metrics.ts";

export interface Gate {
  /** Counts a new socket: 0 when the address may open it, else how long it has to wait, in ms. */
  waitMs(address: string): number;
  /** Counts the frames of one socket: false for one too many. */
  frameCounter(): () => boolean;
}

/** Without `rates` nothing is limited. */
export function createGate(rates: Rates | null, metrics: Metrics): Gate {
  if (!rates) return { waitMs: () => 0, frameCounter: () => () => true };
  const charge = createProcessLedger();
  return {
    waitMs(address) {
      const bill = chargeOf(address, rates.connectionsByAddress, 1);
      const level = charge(bill);
      if (level.isGranted) return 0;
      metrics.rateRefusal("connectionsByAddress");
      return Math.max(1, waitMsOf(bill, level));
    },
    frameCounter() {
      const bill = chargeOf("", rates.framesBySocket, 1);
      let fullAt: number | undefined;
      return () => {
        const level = charged(fullAt, bill, performance.now() * 1_000);
        fullAt = level.fullAt;
        if (!level.isGranted) metrics.rateRefusal("framesBySocket");
        return level.isGranted;
      };
    },
  };
}
