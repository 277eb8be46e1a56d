// Sends links to sign in, to addresses that have an account.
import type { Clock } from "#kit/clock";
import { inTransaction } from "#kit/data/database";
import { handleJob, type JobHandler } from "#kit/jobs/handlers";
import type { Sealing } from "#kit/trust/sealing";
import type { Database } from "../../database.ts";
import { writeTo } from "../../mailing.ts";
import { findAddressee } from "../passwords/store.ts";
import { openRequest } from "../sealed-requests.ts";
import { lockStanding } from "../standing/store.ts";
import { magicLink } from "./mails.ts";
import { magicLinkContent, magicLinkRequest } from "./requests.ts";
import { codesCountSince, hasCode } from "./rules.ts";
import { countCodes, giveMagicLink } from "./store.ts";

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
      // So that of many requests at once each counts the codes of the others.
      await lockStanding(tx, personId);
      const isWithCode = hasCode(await countCodes(tx, personId, codesCountSince(now)));
      if (!(await giveMagicLink(tx, { id, personId, hasCode: isWithCode }, now))) return;
      const params = { token, ...(isWithCode && { code }) };
      const expiresAt = new Date(request.expiresAt);
      await writeTo(tx, services, magicLink, { personId, params, key: id, expiresAt });
    });
  });
}
