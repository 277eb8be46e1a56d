// E-mail addresses: which texts are one, and their one stored form. HTML's pattern
// (https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address), with domains of any
// script, which are stored in their ASCII form (IDNA, UTS 46).
import { domainToASCII, domainToUnicode } from "node:url";

const LENGTH_MAX = 254;
const LOCAL_LENGTH_MAX = 64;

const LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const LOCAL = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+$/;
const DOMAIN = new RegExp(`^${LABEL}(?:\\.${LABEL})*$`);
/** `domainToASCII` would cut a text at a slash, and decode percent signs. */
const LETTERS_OF_DOMAINS = /^[\p{L}\p{M}\p{N}.\-\u3002\uff0e\uff61\u200c\u200d]+$/u;
/** A number, which no domain ends in, is the end of an IPv4 address. */
const NUMBER = /(?:^|\.)(?:\d+|0x[0-9a-f]*)$/i;

/**
 * The stored form of an address, the same for all ways to write it: lower case, the domain in
 * ASCII. Null for what is no address. Letters before the `@` must be ASCII, as typed, because few
 * mail servers deliver others (SMTPUTF8).
 */
export function asciiEmail(text: string): string | null {
  const plain = text.trim();
  const at = plain.lastIndexOf("@");
  const local = plain.slice(0, Math.max(at, 0));
  const given = plain.slice(at + 1);
  if (!LOCAL.test(local) || !LETTERS_OF_DOMAINS.test(given) || NUMBER.test(given)) return null;
  const domain = domainToASCII(given);
  if (!DOMAIN.test(domain) || NUMBER.test(domain)) return null;
  const email = `${local.toLowerCase()}@${domain}`;
  return local.length <= LOCAL_LENGTH_MAX && email.length <= LENGTH_MAX ? email : null;
}

/** A stored address as people read it: the domain in its own script. */
export function readableEmail(email: string): string {
  const at = email.lastIndexOf("@");
  return `${email.slice(0, at + 1)}${domainToUnicode(email.slice(at + 1))}`;
}
