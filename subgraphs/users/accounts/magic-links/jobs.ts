// Sends links to sign in, to addresses that have an account.
import type { Clock } from "#kit/clock";
import { inTransaction } from "#kit/data/database";
import { handleJob, type JobHandler } from "#kit/jobs/handlers";
import type { Sealing } from "#kit/trust/sealing";
import type { Database } from "../../database.ts";
import { writeTo } from "../../mailing.ts";
import { findAddressee } from "../passwords/store.ts";
import { openRequest } from "../sealed-requests.ts";
import { magicLink } from "./mails.ts";
import { magicLinkContent, magicLinkRequest } from "./requests.ts";
import { WRONG_CODES_HOURS, WRONG_CODES_MAX } from "./rules.ts";
import { countWrongCodes, giveMagicLink } from "./store.ts";

const HOUR_MS = 3_600_000;

interface Services {
  readonly database: Database;
  readonly sealing: Sealing;
  readonly now: Clock;
}

export function sendingMagicLinks(services: Services): JobHandler {
  return handleJob(magicLinkRequest, async (job) => {
    const request = magicLinkContent.parse(openRequest(magicLinkRequest, services, job));
    const { id, email, token, code } = request;
    await inTransaction(services.database, async (tx) => {
      await job.done(tx);
      const personId = await findAddressee(tx, email);
      if (personId === null) return;
      const now = services.now();
      const since = new Date(now.getTime() - WRONG_CODES_HOURS * HOUR_MS);
      const hasCode = (await countWrongCodes(tx, personId, since)) < WRONG_CODES_MAX;
      if (!(await giveMagicLink(tx, { id, personId, hasCode }, now))) return;
      const params = { token, ...(hasCode && { code }) };
      const expiresAt = new Date(request.expiresAt);
      await writeTo(tx, services, magicLink, { personId, params, key: id, expiresAt });
    });
  });
}
