// The mailbox of one machine: a real SMTP server that delivers to nobody, and what it took as a
// page and as JSON. The router serves both below /mailbox. Mails are kept in memory, the last
// 1,000.
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { domainToASCII } from "node:url";
import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";
import type { StoredMail } from "./mail.ts";
import { mailboxPage, PAGE_POLICY } from "./page.ts";

export interface Mailbox {
  readonly smtpUrl: string;
  readonly url: string;
  stop(): Promise<void>;
}

const HOST = "127.0.0.1";
const MAILS_MAX = 1_000;
const MAIL_BYTES_MAX = 5 * 1_024 * 1_024;

/** Starts it on free ports. */
export async function startMailbox(): Promise<Mailbox> {
  const mails: StoredMail[] = [];
  const keep = (mail: StoredMail) => {
    mails.push(mail);
    if (mails.length > MAILS_MAX) mails.shift();
  };
  const smtp = createSmtp(keep);
  smtp.listen(0, HOST);
  const http = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://mailbox");
    const to = searchParams.get("to");
    const found = to === null ? mails : mails.filter((mail) => mail.to === canonical(to));
    const isJson = pathname === "/messages";
    if (isJson) response.setHeader("content-type", "application/json; charset=utf-8");
    else response.setHeader("content-type", "text/html; charset=utf-8");
    if (!isJson) response.setHeader("content-security-policy", PAGE_POLICY);
    response.end(isJson ? JSON.stringify(found) : mailboxPage(found));
  });
  http.listen(0, HOST);
  await Promise.all([once(smtp.server, "listening"), once(http, "listening")]);
  return {
    smtpUrl: `smtp://${HOST}:${portOf(smtp.server)}`,
    url: `http://${HOST}:${portOf(http)}`,
    async stop() {
      http.closeAllConnections();
      await Promise.all([closed((done) => smtp.close(done)), closed((done) => http.close(done))]);
    },
  };
}

function createSmtp(keep: (mail: StoredMail) => void): SMTPServer {
  return new SMTPServer({
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    size: MAIL_BYTES_MAX,
    onData(stream, { envelope }, callback) {
      simpleParser(stream).then(
        (mail) => {
          for (const { address } of envelope.rcptTo) {
            keep({
              to: canonical(address),
              subject: mail.subject ?? "",
              text: mail.text ?? "",
              html: typeof mail.html === "string" ? mail.html : "",
              at: new Date().toISOString(),
              id: mail.messageId ?? "",
            });
          }
          callback();
        },
        (error: Error) => callback(error),
      );
    },
  });
}

/** In lower case, with the domain in ASCII as mail servers see it. */
function canonical(address: string): string {
  const at = address.lastIndexOf("@");
  const domain = domainToASCII(address.slice(at + 1));
  return `${address.slice(0, at)}@${domain}`.toLowerCase();
}

function portOf(server: Pick<Server, "address">): number {
  return (server.address() as AddressInfo).port;
}

function closed(close: (done: () => void) => void): Promise<void> {
  return new Promise((resolve) => close(() => resolve()));
}
