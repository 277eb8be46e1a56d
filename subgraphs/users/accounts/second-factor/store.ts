// Reads and writes second factors and recovery codes.
import type { Database, Transaction } from "../../database.ts";
import type { SecondFactor } from "../../generated/prisma/client.ts";

export async function findFactor(tx: Transaction, personId: string): Promise<SecondFactor | null> {
  return tx.secondFactor.findUnique({ where: { personId } });
}

/** Keeps a sealed secret until a code confirms it. It replaces one that waits already. */
export async function putPending(
  tx: Transaction,
  personId: string,
  pendingSecret: string,
  pendingAt: Date,
): Promise<void> {
  const pending = { pendingSecret, pendingAt };
  await tx.secondFactor.upsert({
    where: { personId },
    create: { personId, ...pending },
    update: pending,
    select: { personId: true },
  });
}

interface Confirmation {
  readonly personId: string;
  /** As it is stored. */
  readonly pendingSecret: string;
  /** Of the code. */
  readonly step: number;
  readonly now: Date;
}

/** Makes the pending secret the secret. False if another request was faster. */
export async function confirmPending(
  tx: Transaction,
  { personId, pendingSecret, step, now }: Confirmation,
): Promise<boolean> {
  const confirmed = await tx.$executeRaw`/* users.factor.confirm */
    update second_factor
    set secret = pending_secret, enabled_at = ${now}::timestamptz, last_step = ${step}::int,
      pending_secret = null, pending_at = null
    where person_id = ${personId}::uuid and pending_secret = ${pendingSecret}`;
  return confirmed > 0;
}

interface UsedStep {
  readonly personId: string;
  /** As it is stored, so that no code of an earlier secret counts. */
  readonly secret: string;
  readonly step: number;
}

/**
 * Accepts the code of a step once: false if it or a later one was accepted. Of many at once the
 * first locks the row; the others wait for its transaction and then see its step.
 */
export async function takeStep(
  tx: Transaction,
  { personId, secret, step }: UsedStep,
): Promise<boolean> {
  const taken = await tx.$executeRaw`/* users.factor.step */
    update second_factor set last_step = ${step}::int
    where person_id = ${personId}::uuid and secret = ${secret} and last_step < ${step}::int`;
  return taken > 0;
}

/** Turns the second factor off. False if there is none. */
export async function deleteFactor(tx: Transaction, personId: string): Promise<boolean> {
  const { count } = await tx.secondFactor.deleteMany({
    where: { personId, enabledAt: { not: null } },
  });
  return count > 0;
}

/** Deletes everything of a second factor, also one that was only begun. */
export async function forgetFactor(tx: Transaction, personId: string): Promise<void> {
  await tx.secondFactor.deleteMany({ where: { personId } });
}

export type RecoveryHash = Uint8Array<ArrayBuffer>;

/** Replaces all recovery codes of a person. */
export async function replaceRecoveryCodes(
  tx: Transaction,
  personId: string,
  hashes: readonly RecoveryHash[],
): Promise<void> {
  await tx.recoveryCode.deleteMany({ where: { personId } });
  await tx.recoveryCode.createMany({ data: hashes.map((hash) => ({ personId, hash })) });
}

/** Uses a recovery code: false if it is none. Of many at once, one deletes the row. */
export async function takeRecoveryCode(
  tx: Transaction,
  personId: string,
  hash: RecoveryHash,
): Promise<boolean> {
  const { count } = await tx.recoveryCode.deleteMany({ where: { personId, hash } });
  return count > 0;
}

export async function countRecoveryCodes(tx: Transaction, personId: string): Promise<number> {
  return tx.recoveryCode.count({ where: { personId } });
}

/** How many recovery codes people with a second factor have left, by person, in one statement. */
export async function findFactors(
  database: Database,
  personIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await database.$queryRaw<{ personId: string; left: number }[]>`
    /* users.factors.find */
    select second_factor.person_id as "personId", count(hash)::int as left
    from second_factor left join recovery_code using (person_id)
    where second_factor.person_id = any(${[...personIds]}::uuid[]) and enabled_at is not null
    group by second_factor.person_id`;
  return new Map(rows.map(({ personId, left }) => [personId, left]));
}

/**
 * Deletes a factor that was added after this long before something was issued, or is not confirmed
 * yet. True when it was on.
 */
export async function deleteFactorSince(
  tx: Transaction,
  personId: string,
  { onceId, beforeMs }: { readonly onceId: string; readonly beforeMs: number },
): Promise<boolean> {
  const deleted = await tx.$queryRaw<{ wasOn: boolean }[]>`/* users.second-factor.deleteSince */
    delete from second_factor
    where person_id = ${personId}::uuid and (
      enabled_at is null
      or enabled_at > (select created_at from one_time where id = ${onceId}::uuid)
        - ${beforeMs}::float8 * interval '1 millisecond'
    )
    returning enabled_at is not null as "wasOn"`;
  return deleted.some(({ wasOn }) => wasOn);
}
