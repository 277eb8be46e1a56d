// A process that runs only a relay or a consumer. Tests kill it.
import { createAdapter, createPool } from "../../../kit/data/database.ts";
import { createLog } from "../../../kit/service/logger.ts";
import { PrismaClient } from "../../../subgraphs/matching/generated/prisma/client.ts";
import { consumerOf, relayOf, type Setup } from "./setup.ts";

const [role, text = ""] = process.argv.slice(2);
const setup = JSON.parse(text) as Setup;
const log = createLog({ name: role ?? "child", level: "warn" });

if (role === "relay") relayOf(setup, log);
if (role === "consumer") {
  const pool = createPool(setup.consumerUrl, log);
  consumerOf(setup, new PrismaClient({ adapter: createAdapter(pool) }), log);
}
process.once("disconnect", () => process.exit(0));
process.send?.("ready");
