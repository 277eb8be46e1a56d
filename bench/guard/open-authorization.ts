// Replaces the router's authorization in the process without a guard: allows everything.
import type { createAuthorizer as createRealAuthorizer } from "../../router/policy/authorization.ts";

export const createAuthorizer: typeof createRealAuthorizer = () => () => ({ kind: "granted" });
