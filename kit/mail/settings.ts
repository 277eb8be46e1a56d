// The settings of a process that sends mails.
import { z } from "zod";
import { type Links, linksOf } from "#kit/mail/kinds";
import { createSmtpMailer, type Mailer } from "#kit/mail/mailer";
import { ConfigError } from "#kit/service/config";
import type { Log } from "#kit/service/logger";

export const mailShape = {
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: "is not an smtp or smtps URL" }).optional(),
  MAIL_FROM: z.string().regex(/@/, "is not an address").optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: "is not an http or https URL" }).optional(),
};

interface MailConfig {
  readonly SMTP_URL?: string | undefined;
  readonly MAIL_FROM?: string | undefined;
  readonly PUBLIC_URL?: string | undefined;
  readonly NODE_ENV: string;
}

interface MailSetting {
  /** Null without a server. Then mails wait in the database. */
  readonly mailer: Mailer | null;
  readonly links: Links;
}

const PUBLIC_URL_OF_DEVELOPMENT = "http://localhost:4000";
const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/**
 * Mail by these settings. Without a server the log says what will not work: as a warning in
 * production, where people wait for mails. Throws a `ConfigError` if links would lead nowhere.
 */
export function mailOfSettings(config: MailConfig, log: Log): MailSetting {
  const { SMTP_URL: url, MAIL_FROM, PUBLIC_URL, NODE_ENV } = config;
  const isProduction = NODE_ENV === "production";
  const publicUrl = PUBLIC_URL ?? PUBLIC_URL_OF_DEVELOPMENT;
  const links = linksOf(publicUrl);
  if (url === undefined) {
    log[isProduction ? "warn" : "info"](
      "SMTP_URL is not set: no mail is sent. Mails wait until a worker with this setting runs.",
    );
    return { mailer: null, links };
  }
  if (isProduction && PUBLIC_URL === undefined) {
    throw new ConfigError("PUBLIC_URL is not set: links in mails would lead to this machine.");
  }
  const from = MAIL_FROM ?? `Meetinity <no-reply@${new URL(publicUrl).hostname}>`;
  const requiresTls = !LOOPBACK.test(new URL(url).hostname);
  return { mailer: createSmtpMailer({ url, from, requiresTls }), links };
}
