// Sends mails: the port, and its adapter for SMTP. It renders nothing and keeps nothing.
import { createTransport } from "nodemailer";
import { JobFailure } from "#kit/jobs/failure";
import { traced } from "#kit/telemetry/traced";

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Without angle brackets. A repeat has the same one, so that it is the same mail. */
  readonly messageId: string;
  /** Where a mail program turns such mails off by one POST (RFC 8058); null for none. */
  readonly oneClickUrl: string | null;
}

export interface Mailer {
  /** Resolves when a mail server has taken the mail; throws a `JobFailure`. */
  send(mail: Mail): Promise<void>;
  close(): void;
}

interface SmtpOptions {
  /** `smtp://` or `smtps://`, with user and password if the server wants them. */
  readonly url: string;
  readonly from: string;
  /** Refuses to send in the clear: for every server but one on this machine. */
  readonly requiresTls: boolean;
}

const TIMEOUT_MS = 15_000;
const CONNECTIONS_MAX = 4;

export function createSmtpMailer({ url, from, requiresTls }: SmtpOptions): Mailer {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: CONNECTIONS_MAX,
    requireTLS: requiresTls,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ messageId, oneClickUrl, ...mail }) {
      const headers = { ...AUTOMATIC, ...(oneClickUrl && unsubscribeBy(oneClickUrl)) };
      const send = () =>
        transport.sendMail({ from, ...mail, messageId: `<${messageId}>`, headers });
      await traced("smtp send", { kind: "client" }, send).catch((error: unknown) => {
        throw failureOf(error);
      });
    },
    close: () => transport.close(),
  };
}

const AUTOMATIC = { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" };

function unsubscribeBy(url: string) {
  return {
    "List-Unsubscribe": { prepared: true, value: `<${url}>` },
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
  };
}

/** Answers about this mail, which no later attempt changes. Others are about us or the server. */
const ABOUT_THE_MAIL = ["EENVELOPE", "EMESSAGE"];

/**
 * A refusal for good, or one to try again. The server's own words are left out, because they repeat
 * the address; so is the error itself, which the log would write.
 */
function failureOf(error: unknown): JobFailure {
  const { code = "unknown", responseCode } = error as { code?: string; responseCode?: number };
  if (responseCode === undefined) {
    if (code === "EENVELOPE") return new JobFailure("The address is not valid.", PERMANENT);
    return new JobFailure(`The mail server cannot be reached (${code}).`);
  }
  const isPermanent = responseCode >= 500 && ABOUT_THE_MAIL.includes(code);
  const when = isPermanent ? "refuses this mail" : "does not take this mail now";
  return new JobFailure(`The mail server ${when} (${code}, ${responseCode}).`, { isPermanent });
}

const PERMANENT = { isPermanent: true };
