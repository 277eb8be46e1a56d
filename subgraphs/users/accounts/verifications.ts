// Asks people to confirm the address that their account claims, with a link and a code. Whether the
// address has an owner already is found when the mail is written, so that the request takes the
// same time for every address.
import type { MailKind } from "#kit/mail/kinds";
import type { Judge } from "#kit/mail/sending";
import type { Sealing } from "#kit/trust/sealing";
import type { Database, Transaction } from "../database.ts";
import { writeTo } from "../mailing.ts";
import { emailChange, emailOwned, emailVerification } from "./addresses/mails.ts";
import { MAILS_TO_ADDRESS_MAX, mailsCountSince } from "./addresses/rules.ts";
import { findLinkState } from "./addresses/store.ts";
import { countAddressMail } from "./mails/store.ts";
import { issueOnce } from "./once.ts";

interface Services {
  readonly sealing: Sealing;
  now(): Date;
}

/** Writes to the address of an account if the transaction commits. Earlier links stay usable. */
export async function askToVerify(
  tx: Transaction,
  services: Services,
  { personId, email }: { readonly personId: string; readonly email: string },
): Promise<void> {
  const issue = { kind: "email.verify", personId, hasCode: true } as const;
  const { id: key, token, code, expiresAt } = await issueOnce(tx, services, issue);
  const params = { token, code };
  await writeTo(tx, services, emailVerification, { personId, params, key, expiresAt, to: email });
}

/**
 * Which mail goes to a claimed address: none for a link that has become useless, and none beyond
 * the limit of the address; its owner is told that they have an account.
 */
export function judgesOfAddresses(
  database: Database,
  services: Services,
): Readonly<Record<string, Judge>> {
  return {
    [emailVerification.name]: judging(emailVerification, database, services),
    [emailChange.name]: judging(emailChange, database, services),
  };
}

function judging(kind: MailKind, database: Database, { sealing, now }: Services): Judge {
  return async ({ jobId, key, to }) => {
    const state = await findLinkState(database, key, to);
    if (!state?.isUsable) return null;
    const isWithinLimit = await countAddressMail(database, {
      jobId,
      addressHash: sealing.digest(`mails that verify ${to}`),
      now: now(),
      since: mailsCountSince(now()),
      most: MAILS_TO_ADDRESS_MAX,
    });
    if (!isWithinLimit) return null;
    return state.hasOwner ? emailOwned : kind;
  };
}
