// How an action of this subgraph writes to a person: the mail is enqueued in the action's
// transaction, with its parameters sealed by the person's key.
import type { z } from "zod";
import { enqueue } from "#kit/jobs/kinds";
import type { MailKind } from "#kit/mail/kinds";
import { type MailOptions, mailOf } from "#kit/mail/sending";
import type { Sealing } from "#kit/trust/sealing";
import { MAIL_PURPOSE } from "./accounts/mails/rules.ts";
import type { Transaction } from "./database.ts";
import { sealOf } from "./sealing.ts";

/** Sends a mail to a person if the transaction commits. */
export async function writeTo<Params extends z.ZodType>(
  tx: Transaction,
  services: { readonly sealing: Sealing; now(): Date },
  kind: MailKind<Params>,
  options: MailOptions<z.input<Params>>,
): Promise<void> {
  const { personId } = options;
  const seal = await sealOf(tx, services, personId);
  await enqueue(tx, [mailOf(kind, options, { seal: (text) => seal.seal(MAIL_PURPOSE, text) })]);
}
