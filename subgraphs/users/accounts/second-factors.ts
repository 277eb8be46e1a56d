// Checks codes of second factors, of an app or for recovery, each of which counts once. How often
// somebody may try is the caller's part.
import { newId } from "#kit/data/id";
import type { Seal } from "#kit/trust/sealing";
import type { Context } from "../context.ts";
import type { Transaction } from "../database.ts";
import type { Role } from "../generated/prisma/enums.ts";
import { writeTo } from "../mailing.ts";
import { sealOf } from "../sealing.ts";
import { newRecoveryCodes, shownCode, typedCode } from "./second-factor/codes.ts";
import { recoveryCodeUsed } from "./second-factor/mails.ts";
import {
  countRecoveryCodes,
  findFactor,
  type RecoveryHash,
  replaceRecoveryCodes,
  takeRecoveryCode,
  takeStep,
} from "./second-factor/store.ts";
import { stepWithCode } from "./second-factor/totp.ts";

/** The purposes of sealed secrets and hashed codes. Stored: never change them. */
const SEALED_FOR = "second-factor.secret";
const HASHED_FOR = "second-factor.recovery";

/** `off`: the person has no second factor. */
export type CodeVerdict = "accepted" | "wrong" | "off";

/**
 * Uses a code up, if it is right, in the transaction of its effect: of one code that is sent many
 * times at once, one is accepted. The person is told when it is a recovery code.
 */
export async function useFactorCode(
  tx: Transaction,
  context: Context,
  personId: string,
  text: string,
): Promise<CodeVerdict> {
  const factor = await findFactor(tx, personId);
  if (!factor?.secret) return "off";
  const typed = typedCode(text);
  if (!typed) return "wrong";
  const seal = await sealOf(tx, context, personId);
  if (typed.kind === "app") {
    const secret = openSecret(seal, factor.secret);
    const step = stepWithCode(secret, typed.code, context.now());
    const isTaken =
      step !== null && (await takeStep(tx, { ...factor, secret: factor.secret, step }));
    return isTaken ? "accepted" : "wrong";
  }
  if (!(await takeRecoveryCode(tx, personId, recoveryHash(seal, typed.code)))) return "wrong";
  const params = { left: await countRecoveryCodes(tx, personId) };
  await writeTo(tx, context, recoveryCodeUsed, { personId, params, key: newId() });
  return "accepted";
}

/** Replaces the recovery codes of a person: the only time that they are known. */
export async function makeRecoveryCodes(
  tx: Transaction,
  context: Context,
  personId: string,
): Promise<string[]> {
  const codes = newRecoveryCodes();
  const seal = await sealOf(tx, context, personId);
  const hashes = codes.map((code) => recoveryHash(seal, code));
  await replaceRecoveryCodes(tx, personId, hashes);
  return codes.map(shownCode);
}

export function sealSecret(seal: Seal, secret: Uint8Array): string {
  return seal.seal(SEALED_FOR, Buffer.from(secret).toString("base64url"));
}

export function openSecret(seal: Seal, sealed: string): Uint8Array {
  return Buffer.from(seal.open(SEALED_FOR, sealed), "base64url");
}

/** With the person's key: a stolen database does not allow to guess them. */
function recoveryHash(seal: Seal, code: string): RecoveryHash {
  return seal.digest(HASHED_FOR, code);
}

/** The Problem of a wrong code, for resolvers. */
export function invalidCode() {
  return {
    __typename: "InvalidCodeProblem" as const,
    reason: "This code is wrong, or was used before.",
  };
}

/** Whether one of these roles counts only with a second factor. */
export function needsSecondFactor(roles: readonly Role[], requiredFor: ReadonlySet<Role>): boolean {
  return roles.some((role) => requiredFor.has(role));
}
