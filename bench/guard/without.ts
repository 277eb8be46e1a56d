// Preloaded into the router without a guard. The product has no switch for that, so its modules are
// replaced while they load.
import { register } from "node:module";

register("./exchange.ts", import.meta.url);
