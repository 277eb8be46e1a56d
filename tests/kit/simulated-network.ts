// A network between a router and one client, with delays that a test sets.
import type { Network } from "../../router/subscriptions/send-queue.ts";

export interface SimulatedNetwork extends Network {
  /** Something is in transit until this resolves. */
  carry(taken: Promise<void>): void;
}

export function simulateNetwork(): SimulatedNetwork {
  let onItsWay = 0;
  let waiting: (() => void)[] = [];
  return {
    isDrained: () => onItsWay === 0,
    whenDrained: (then) => waiting.push(then),
    carry(taken) {
      onItsWay += 1;
      void taken.then(() => {
        onItsWay -= 1;
        if (onItsWay > 0) return;
        const callbacks = waiting;
        waiting = [];
        for (const then of callbacks) then();
      });
    },
  };
}
