// The process of the router. With `--open` it serves any supergraph without protection, for trials
// and conformance suites.
import { runService } from "#kit/service/lifecycle";
import { readOpenRouterConfig, readRouterConfig } from "./config.ts";
import { startRouter } from "./server.ts";

const readConfig = process.argv.includes("--open") ? readOpenRouterConfig : readRouterConfig;

await runService(async () => startRouter(readConfig()));
