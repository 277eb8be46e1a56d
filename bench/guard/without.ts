// Preloaded into a router that is measured without its guard. The product has no switch for that,
// so its modules are exchanged as they are loaded.
import { register } from "node:module";

register("./exchange.ts", import.meta.url);
