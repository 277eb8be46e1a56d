// Mails as jobs. A job holds person, kind and sealed parameters, never the mail: it is written when
// it is sent, to the address and in the language that the person has then.
import { z } from "zod";
import type { Clock } from "#kit/clock";
import { handleJob, type JobHandler } from "#kit/jobs/handlers";
import { jobKind, jobOf, type NewJob, type Priority } from "#kit/jobs/kinds";
import { type Links, type MailKind, mailLanguageOf } from "#kit/mail/kinds";
import { renderMail } from "#kit/mail/layout";
import type { Mailer } from "#kit/mail/mailer";
import { countMail, countMailFailure, declareMail } from "#kit/mail/metrics";
import type { Log } from "#kit/service/logger";

const mailJob = jobKind(
  "mail",
  z.object({
    personId: z.uuid(),
    mail: z.string(),
    sealed: z.string(),
    /** After this instant the mail is worth nothing, and is not sent. */
    expiresAt: z.iso.datetime().optional(),
  }),
  { priority: "urgent" },
);

/** Seals and opens texts with the key of one person. */
export interface PersonSeal {
  seal(text: string): string;
  open(sealed: string): string;
}

export interface MailOptions<Params> {
  readonly personId: string;
  readonly params: Params;
  /** The name of the mail among all mails: a second one of the same name is the same mail. */
  readonly key: string;
  readonly expiresAt?: Date;
  /** Default: urgent, because a person waits for it. */
  readonly priority?: Priority;
  /** Another address than the person's own, such as one that is not confirmed yet. */
  readonly to?: string;
}

/** A mail, to be enqueued in the transaction of its cause. */
export function mailOf<Params extends z.ZodType>(
  kind: MailKind<Params>,
  { personId, params, key, expiresAt, priority, to }: MailOptions<z.input<Params>>,
  { seal }: Pick<PersonSeal, "seal">,
): NewJob {
  kind.params.parse(params);
  const sealed = seal(JSON.stringify({ params, to }));
  const expires = expiresAt && { expiresAt: expiresAt.toISOString() };
  return jobOf(
    mailJob,
    { personId, mail: kind.name, sealed, ...expires },
    { key, ...(priority && { priority }) },
  );
}

const sealedContent = z.object({ params: z.unknown(), to: z.string().optional() });

/** A person as mails need them. */
export interface Recipient {
  readonly email: string;
  readonly displayName: string;
  readonly languages: readonly string[];
  readonly seal: PersonSeal;
}

/** A mail that is about to be sent. */
export interface DueMail {
  readonly jobId: string;
  /** The name under which it was enqueued. */
  readonly key: string;
  readonly personId: string;
  readonly to: string;
}

/**
 * Says which mail is sent: the kind itself, another one that takes the same parameters, or none. It
 * may be asked again about the same mail, after a failure.
 */
export type Judge = (mail: DueMail) => Promise<MailKind | null>;

interface MailingOptions {
  readonly kinds: readonly MailKind[];
  /** By the name of the kind. Others are sent as they are. */
  readonly judges?: Readonly<Record<string, Judge>>;
  readonly mailer: Mailer;
  readonly links: Links;
  readonly log: Log;
  readonly clock: Clock;
  /** Null for a person who no longer exists. */
  recipientOf(personId: string): Promise<Recipient | null>;
}

/** Sends the mails of these kinds. Those of another kind fail, and are tried again. */
export function mailing(options: MailingOptions): JobHandler {
  const kinds = new Map(options.kinds.map((kind) => [kind.name, kind]));
  for (const name of kinds.keys()) declareMail(name);
  const host = new URL(options.links.to("/")).hostname;
  return handleJob(mailJob, async ({ id, key, payload }) => {
    const { personId, mail, sealed, expiresAt } = payload;
    const kind = kinds.get(mail);
    if (!kind) throw new Error(`No mail of this release is called ${mail}.`);
    const leave = (reason: string) => {
      countMail(mail, "left");
      options.log.info({ job: id, mail, reason }, "a mail was not sent");
    };
    const isOver = expiresAt !== undefined && new Date(expiresAt) <= options.clock();
    if (isOver) return leave("it has expired");
    const recipient = await options.recipientOf(personId);
    if (!recipient) return leave("its person is gone");
    const { email, displayName, languages, seal } = recipient;
    const content = sealedContent.parse(JSON.parse(seal.open(sealed)));
    const to = content.to ?? email;
    const judge = options.judges?.[mail];
    const due = judge ? await judge({ jobId: id, key, personId, to }) : kind;
    if (!due) return leave("it is not wanted any more");
    const language = mailLanguageOf(languages);
    const written = due.write(content.params, language, options.links, { displayName });
    const sent = { to, ...renderMail(written, language), messageId: `${id}@${host}` };
    await options.mailer.send(sent).catch((error) => countMailFailure(mail, error));
    countMail(mail, "sent");
  });
}
