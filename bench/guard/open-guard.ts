// Stands in for the router's guard in the process that is measured without it: admits everything,
// and measures nothing.
import type { createGuard as createRealGuard } from "../../router/policy/guard.ts";

export const createGuard: typeof createRealGuard = () => ({
  judgeDocument: () => null,
  judgeOperation: () => ({
    kind: "admitted",
    cost: { estimated: 0, attempts: 0, provable: 0, actualOf: () => 0 },
  }),
});

/** The router loads it beside, and never asks for it with a guard in its settings. */
export const createOpenGuard = createGuard;
