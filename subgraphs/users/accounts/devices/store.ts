// Reads and writes devices. Only hashes of their tokens are stored.
import type { Database, Transaction } from "../../database.ts";

/** A person's device by the hash of its token. Null for a device that they have not used. */
export async function findDevice(
  database: Database | Transaction,
  { tokenHash, personId }: { tokenHash: Uint8Array<ArrayBuffer>; personId: string },
): Promise<{ readonly id: string } | null> {
  return database.device.findUnique({
    where: { tokenHash_personId: { tokenHash, personId } },
    select: { id: true },
  });
}

/**
 * The device of the person whom an address signs in: its owner, or else the newest who claims it.
 * Anybody can claim an address, so other devices count as unknown.
 */
export async function findDeviceOfAddress(
  database: Database,
  { tokenHash, email }: { tokenHash: Uint8Array<ArrayBuffer>; email: string },
): Promise<{ readonly id: string } | null> {
  const [found] = await database.$queryRaw<{ id: string }[]>`/* users.device.of-address */
    select id from device
    where token_hash = ${tokenHash}::bytea and person_id = (
      select user_id from credential where email = ${email}
      order by verified_at is null, user_id desc limit 1
    )`;
  return found ?? null;
}
