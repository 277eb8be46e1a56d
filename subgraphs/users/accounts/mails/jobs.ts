// Sends mails to people, from the worker.
import { systemClock } from "#kit/clock";
import type { JobHandler } from "#kit/jobs/handlers";
import type { Links, MailKind } from "#kit/mail/kinds";
import type { Mailer } from "#kit/mail/mailer";
import { type Judge, mailing, type Recipient } from "#kit/mail/sending";
import type { Log } from "#kit/service/logger";
import type { Sealing } from "#kit/trust/sealing";
import type { Database } from "../../database.ts";
import { MAIL_PURPOSE } from "./rules.ts";
import { findRecipient } from "./store.ts";

interface MailsOptions {
  readonly database: Database;
  readonly sealing: Sealing;
  readonly mailer: Mailer;
  readonly links: Links;
  readonly kinds: readonly MailKind[];
  readonly judges: Readonly<Record<string, Judge>>;
  readonly log: Log;
}

export function sendingMails({ database, sealing, ...options }: MailsOptions): JobHandler {
  return mailing({
    ...options,
    clock: systemClock,
    async recipientOf(personId): Promise<Recipient | null> {
      const found = await findRecipient(database, personId);
      if (!found) return null;
      const seal = sealing.of(personId, found.wrapped);
      return {
        ...found,
        seal: {
          seal: (text) => seal.seal(MAIL_PURPOSE, text),
          open: (sealed) => seal.open(MAIL_PURPOSE, sealed),
        },
      };
    },
  });
}
