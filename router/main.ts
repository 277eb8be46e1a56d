// The router's process: settings from the environment, then one server until it is told to stop.
import { runService } from "#kit/lifecycle";
import { readRouterConfig } from "./config.ts";
import { startRouter } from "./server.ts";

await runService(() => startRouter(readRouterConfig()));
