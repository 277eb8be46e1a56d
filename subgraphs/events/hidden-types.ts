// The codes of hidden ticket types. Only a hash is stored, bound to its type: a copy of a type's
// row opens no other type.
import { fold } from "#kit/input/fold";
import { requestHash } from "#kit/input/request-hash";
import { cleanLine } from "#kit/input/text";

/** Whether a code has nothing by which it could be told from others. */
export function isEmptyCode(code: string): boolean {
  return keyOf(code) === "";
}

export function codeHashOf(ticketTypeId: string, code: string): string {
  return requestHash(["ticketType", ticketTypeId, keyOf(code)]);
}

function keyOf(code: string): string {
  return fold(cleanLine(code));
}

interface Hidden {
  readonly id: string;
  readonly isHidden: boolean;
  readonly codeHash: string | null;
}

/** Whether people with this code, or without one, may see a type and register for it. */
export function isOpenTo({ id, isHidden, codeHash }: Hidden, code: string | null): boolean {
  return !isHidden || (code !== null && codeHash === codeHashOf(id, code));
}
