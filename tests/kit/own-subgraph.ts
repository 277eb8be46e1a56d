// A test's own replica of a subgraph, with other settings, on the databases of the stack. A process
// of its own, as in a deployment.

import { newId } from "../../kit/data/id.ts";
import { subgraphEnvironment } from "../../local/environment.ts";
import { type Service, startService } from "../../local/services.ts";
import { stack } from "./stack.ts";

/** Starts it. The caller stops it. */
export async function startOwnSubgraph(
  name: string,
  env: Readonly<Record<string, string>>,
): Promise<Service> {
  const { urls, keys, redisPrefix, storage, dataDir } = stack();
  const shared = {
    inherited: process.env,
    keys,
    storage,
    redisUrl: urls.redis,
    redisPrefix,
    envOf: {},
  };
  const file = `${dataDir}/own-${name}-${newId()}`;
  return startService({
    name: `own-${name}`,
    args: ["--import", "tsx", `subgraphs/${name}/main.ts`],
    env: subgraphEnvironment({ ...shared, env }, name, urls.databases[name] ?? ""),
    logFile: `${file}.log`,
    processFile: `${file}.pid`,
  });
}
