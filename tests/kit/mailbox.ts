// The mails of the running stack's mailbox, as the router serves them.
import { expect, vi } from "vitest";
import { stack } from "./stack.ts";

export interface MailboxMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly at: string;
  readonly id: string;
}

/** The mails to an address, the newest last. */
export async function mailsTo(address: string): Promise<MailboxMail[]> {
  const url = new URL("/mailbox/messages", stack().urls.routers[0]);
  url.searchParams.set("to", address);
  const response = await fetch(url);
  return (await response.json()) as MailboxMail[];
}

/** The mail that asks to confirm an address: everybody who signs up gets one. */
export const CONFIRMATION = "Confirm your e-mail address";

const isOfDevice = ({ subject }: MailboxMail) => /^(New sign-in|Nouvelle connexion)/.test(subject);

/**
 * Waits until there are this many mails to an address, besides the one of signing up, and those of
 * new devices: tests sign in without device tokens.
 */
export function untilMails(address: string, count: number): Promise<MailboxMail[]> {
  return until(address, count, (mail) => !isOfDevice(mail) && mail.subject !== CONFIRMATION);
}

/** The same of mails that tell of new devices, and of no others. */
export function untilDeviceMails(address: string, count: number): Promise<MailboxMail[]> {
  return until(address, count, isOfDevice);
}

async function until(
  address: string,
  count: number,
  isCounted: (mail: MailboxMail) => boolean,
): Promise<MailboxMail[]> {
  const counted = async () => (await mailsTo(address)).filter(isCounted);
  await vi.waitFor(async () => expect(await counted()).toHaveLength(count), { timeout: 20_000 });
  return counted();
}

/** The last mail with a subject, as soon as there are `count` of them. */
export async function untilMail(address: string, subject: string, count = 1): Promise<MailboxMail> {
  return lastOf(await until(address, count, (mail) => mail.subject === subject));
}

export function lastOf(mails: readonly MailboxMail[]): MailboxMail {
  const last = mails.at(-1);
  if (!last) throw new Error("there is no mail");
  return last;
}

/** The token in the link of a mail. */
export function tokenIn({ text }: MailboxMail): string {
  const [, token] = /[?&]token=([\w-]+)/.exec(text) ?? [];
  if (!token) throw new Error(`no token in: ${text}`);
  return token;
}

/** The six digits in a mail. */
export function codeIn({ text }: MailboxMail): string {
  const [code] = /^\d{6}$/m.exec(text) ?? [];
  if (!code) throw new Error(`no code in: ${text}`);
  return code;
}
