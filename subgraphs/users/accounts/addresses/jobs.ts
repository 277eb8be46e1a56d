// Ends accounts that never confirmed their address, and forgets which mails were sent where.
import { systemClock } from "#kit/clock";
import { inTransaction } from "#kit/data/database";
import type { RecurringJob } from "#kit/jobs/handlers";
import type { Database } from "../../database.ts";
import type { EmailVerification } from "../../email-verification.ts";
import { eraseNow } from "../erasing.ts";
import { deleteAddressMails } from "../mails/store.ts";
import { lockStanding } from "../standing/store.ts";
import { abandonedBefore, mailsCountSince } from "./rules.ts";
import { findAbandoned } from "./store.ts";

const HOUR_MS = 3_600_000;
const BATCH = 100;

/**
 * Every hour: accounts that have claimed an address for seven days, also those whose address has
 * another owner by now. Where addresses need no confirmation, they stay.
 */
export function cleaningOfAddresses(
  database: Database,
  emailVerification: EmailVerification,
  clock = systemClock,
): RecurringJob {
  return {
    name: "addresses.clean",
    everyMs: HOUR_MS,
    async run(signal) {
      await deleteAddressMails(database, mailsCountSince(clock()));
      if (emailVerification === "off") return;
      let found = BATCH;
      while (found === BATCH && !signal.aborted) {
        const ids = await findAbandoned(database, abandonedBefore(clock()), BATCH);
        for (const id of ids) await eraseAbandoned(database, id, clock());
        found = ids.length;
      }
    },
  };
}

/** Unless the person has confirmed the address just now. */
async function eraseAbandoned(database: Database, personId: string, now: Date): Promise<void> {
  await inTransaction(database, async (tx) => {
    const person = await lockStanding(tx, personId);
    if (person?.standing === "UNVERIFIED") await eraseNow(tx, personId, now);
  });
}
