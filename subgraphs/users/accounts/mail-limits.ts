// Limits the mails that strangers can have sent to an address: each kind so often an hour. The
// limit is judged when a mail is sent, so that whoever asks gets the same answer.
import type { MailKind } from "#kit/mail/kinds";
import type { Judge } from "#kit/mail/sending";
import type { Sealing } from "#kit/trust/sealing";
import type { Database } from "../database.ts";
import { MAILS_TO_ADDRESS_MAX, mailsCountSince } from "./addresses/rules.ts";
import { countAddressMail } from "./mails/store.ts";

interface Services {
  readonly database: Database;
  readonly sealing: Sealing;
  now(): Date;
}

/** A judge for each of these kinds of mails, by its name. */
export function limitedMails(
  { database, sealing, now }: Services,
  kinds: readonly MailKind[],
): Readonly<Record<string, Judge>> {
  const judges = kinds.map((kind): [string, Judge] => [
    kind.name,
    async ({ jobId, to }) => {
      const isWithinLimit = await countAddressMail(database, {
        jobId,
        addressHash: sealing.digest(`mails of ${kind.name} to ${to}`),
        now: now(),
        since: mailsCountSince(now()),
        most: MAILS_TO_ADDRESS_MAX,
      });
      return isWithinLimit ? kind : null;
    },
  ]);
  return Object.fromEntries(judges);
}
