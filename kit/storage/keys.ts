// The keys of stored files, of our own making: small letters, digits, `-`, and `/` between them.

const KEY = /^[a-z0-9-]+(?:\/[a-z0-9-]+)*$/;
const KEY_LENGTH_MAX = 200;

export function isKey(text: string): boolean {
  return text.length <= KEY_LENGTH_MAX && KEY.test(text);
}
