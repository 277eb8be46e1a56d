// Changes of address: what waits for a confirmation, how it takes effect, and how it is undone. The
// addresses are sealed in the rows of the links.
import { z } from "zod";
import { readableEmail } from "#kit/input/email";
import type { Sealing } from "#kit/trust/sealing";
import type { Transaction } from "../database.ts";
import { writeTo } from "../mailing.ts";
import { sealOf } from "../sealing.ts";
import { lockAccount } from "./account-locks.ts";
import { emailChange, emailChanged } from "./addresses/mails.ts";
import { hasOwner, lockEmail, type StoredChange, setAddress } from "./addresses/store.ts";
import { issueOnce } from "./once.ts";
import { endAllOnce } from "./one-time/store.ts";

const CHANGE = "email.change";
const UNDO = "email.undo";

/** `from`: the address that the account had when the change was asked for, or before it. */
const addressChange = z.object({ from: z.string(), to: z.string() });
export type AddressChange = z.output<typeof addressChange>;

interface Services {
  readonly sealing: Sealing;
  now(): Date;
}

/** Asks at the new address. Only the newest change of an account can be confirmed. */
export async function askToChange(
  tx: Transaction,
  services: Services,
  personId: string,
  change: AddressChange,
): Promise<void> {
  const seal = await sealOf(tx, services, personId);
  const sealed = seal.seal(CHANGE, JSON.stringify(change));
  await endAllOnce(tx, personId, services.now(), [CHANGE]);
  const issue = { kind: CHANGE, personId, sealed, hasCode: true } as const;
  const { id: key, token, code, expiresAt } = await issueOnce(tx, services, issue);
  const params = { token, code };
  await writeTo(tx, services, emailChange, { personId, params, key, expiresAt, to: change.to });
}

/** The change in the row of a link. */
export async function openChange(
  tx: Transaction,
  services: Services,
  kind: typeof CHANGE | typeof UNDO,
  { personId, sealed }: { readonly personId: string; readonly sealed: string | null },
): Promise<AddressChange> {
  const seal = await sealOf(tx, services, personId);
  return addressChange.parse(JSON.parse(seal.open(kind, sealed ?? "")));
}

/** The change that waits for its confirmation, as the store has it. */
export function changeIn(
  sealing: Sealing,
  { personId, sealed, wrapped }: StoredChange,
): AddressChange {
  return addressChange.parse(JSON.parse(sealing.of(personId, wrapped).open(CHANGE, sealed)));
}

/** `owned`: another account has the new address. `stale`: the account has yet another one. */
export type ChangeVerdict = "changed" | "owned" | "stale";

/**
 * Gives an account its new address, which was confirmed, and tells the former one. Links that were
 * sent to the former address stop working, but for those that undo earlier changes.
 */
export async function applyChange(
  tx: Transaction,
  services: Services,
  personId: string,
  change: AddressChange,
): Promise<ChangeVerdict> {
  const { from, to } = change;
  const now = services.now();
  const { address } = await lockAccount(tx, personId);
  if (!address?.verifiedAt || address.email !== from) return "stale";
  await lockEmail(tx, to);
  if (await hasOwner(tx, to)) return "owned";
  await setAddress(tx, personId, { email: to, verifiedAt: now });
  await endAllOnce(tx, personId, now, [CHANGE, "email.verify", "password.reset", "magic-link"]);
  const seal = await sealOf(tx, services, personId);
  const sealed = seal.seal(UNDO, JSON.stringify(change));
  const issued = await issueOnce(tx, services, { kind: UNDO, personId, sealed });
  const { id: key, token, expiresAt } = issued;
  const params = { token, newEmail: readableEmail(to) };
  await writeTo(tx, services, emailChanged, { personId, params, key, expiresAt, to: from });
  return "changed";
}
