// Sends links to choose a new password, to addresses that have an account.
import type { Clock } from "#kit/clock";
import { inTransaction } from "#kit/data/database";
import { handleJob, type JobHandler } from "#kit/jobs/handlers";
import type { Sealing } from "#kit/trust/sealing";
import type { Database } from "../../database.ts";
import { writeTo } from "../../mailing.ts";
import { issueOnce } from "../once.ts";
import { openRequest } from "../sealed-requests.ts";
import { passwordReset } from "./mails.ts";
import { resetRequest, resetRequestContent } from "./requests.ts";
import { findAddressee } from "./store.ts";

interface Services {
  readonly database: Database;
  readonly sealing: Sealing;
  readonly now: Clock;
}

export function sendingResetLinks(services: Services): JobHandler {
  return handleJob(resetRequest, async (job) => {
    const request = resetRequestContent.parse(openRequest(resetRequest, services, job));
    if (new Date(request.expiresAt) <= services.now()) return;
    await inTransaction(services.database, async (tx) => {
      await job.done(tx);
      const personId = await findAddressee(tx, request.email);
      if (personId === null) return;
      const issued = await issueOnce(tx, services, { kind: "password.reset", personId });
      const { id: key, token, expiresAt } = issued;
      await writeTo(tx, services, passwordReset, { personId, params: { token }, key, expiresAt });
    });
  });
}
