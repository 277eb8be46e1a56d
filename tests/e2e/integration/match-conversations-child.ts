// A process that only opens the conversations of matches, as messaging does. Tests kill it.
import { createAdapter, createPool } from "../../../kit/data/database.ts";
import { createLog } from "../../../kit/service/logger.ts";
import { PrismaClient } from "../../../subgraphs/messaging/generated/prisma/client.ts";
import { type OpeningSetup, openingConsumer } from "./match-conversations-setup.ts";

const setup = JSON.parse(process.argv[2] ?? "") as OpeningSetup;
const log = createLog({ name: "openings", level: "warn" });
const pool = createPool(setup.messagingUrl, log);
openingConsumer(setup, new PrismaClient({ adapter: createAdapter(pool) }), log);
process.once("disconnect", () => process.exit(0));
process.send?.("ready");
