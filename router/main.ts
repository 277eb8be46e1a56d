// The router's process: settings from the environment, then one server until it is told to stop.
// With `--open` it serves any supergraph without a guard, for trials and conformance suites.
import { runService } from "#kit/service/lifecycle";
import { readOpenRouterConfig, readRouterConfig } from "./config.ts";
import { startRouter } from "./server.ts";

const readConfig = process.argv.includes("--open") ? readOpenRouterConfig : readRouterConfig;

await runService(async () => startRouter(readConfig()));
