// Reads and writes devices, and lists the sessions on them. Only hashes of device tokens are
// stored.
import type { Page } from "#kit/data/pagination";
import type { Database, Transaction } from "../../database.ts";

type Hash = Uint8Array<ArrayBuffer>;

/** A person's device by the hash of its token. Null for a device that they have not used. */
export async function findDevice(
  database: Database | Transaction,
  { tokenHash, personId }: { readonly tokenHash: Hash; readonly personId: string },
): Promise<{ readonly id: string } | null> {
  return database.device.findUnique({
    where: { tokenHash_personId: { tokenHash, personId } },
    select: { id: true },
  });
}

/**
 * The device of the person who owns an address. Anybody can claim an address, so a device of a
 * claim counts as unknown, whether there is an owner or not: or else it would tell which.
 */
export async function findDeviceOfAddress(
  database: Database,
  { tokenHash, email }: { readonly tokenHash: Hash; readonly email: string },
): Promise<{ readonly id: string } | null> {
  const [found] = await database.$queryRaw<{ id: string }[]>`/* users.device.of-address */
    select id from device
    where token_hash = ${tokenHash}::bytea and person_id = (
      select user_id from credential where email = ${email} and verified_at is not null
    )`;
  return found ?? null;
}

export interface DeviceUse {
  readonly personId: string;
  /** The id of the device, if it is a new one. */
  readonly id: string;
  /** Of the token that the client sent. */
  readonly givenHash: Hash | null;
  /** Of a token for a client that sent none, or one that was never issued. */
  readonly freshHash: Hash;
  readonly now: Date;
  /** An account from before this time is not new. */
  readonly oldBefore: Date;
}

export interface UsedDevice {
  readonly id: string;
  /** Whether the client's own token goes on. */
  readonly isKept: boolean;
  /** A new device of a person who is not new themselves. */
  readonly isNews: boolean;
}

/** Notes that a person signs in on a device. Of many at once with one token, one finds it new. */
export async function useDevice(tx: Transaction, use: DeviceUse): Promise<UsedDevice> {
  const { personId, id, givenHash, freshHash, now, oldBefore } = use;
  const rows = await tx.$queryRaw<[UsedDevice]>`/* users.device.use */
    insert into device (id, person_id, token_hash, first_seen_at, last_seen_at)
    select ${id}::uuid, ${personId}::uuid,
      case
        when exists (select from device where token_hash = ${givenHash}::bytea)
        then ${givenHash}::bytea
        else ${freshHash}::bytea
      end,
      ${now}::timestamptz, ${now}::timestamptz
    on conflict (token_hash, person_id) do update
      set last_seen_at = greatest(device.last_seen_at, excluded.last_seen_at)
    returning id, token_hash is distinct from ${freshHash}::bytea as "isKept",
      id = ${id}::uuid and (
        exists (select from session where user_id = ${personId}::uuid)
        or exists (select from device as other where other.person_id = ${personId}::uuid)
        or exists (
          select from person
          where person.id = ${personId}::uuid and created_at < ${oldBefore}::timestamptz
        )
      ) as "isNews"`;
  return rows[0];
}

/** Forgets the devices of these sessions, but for that of one session. */
export async function forgetDevices(
  tx: Transaction,
  sessionIds: readonly string[],
  except: string | null = null,
): Promise<void> {
  await tx.$executeRaw`/* users.devices.forget */
    delete from device
    where id in (select device_id from session where id = any(${[...sessionIds]}::uuid[]))
      and id is distinct from (select device_id from session where id = ${except}::uuid)`;
}

/** Deletes devices that were not seen since an instant. Returns how many. */
export async function deleteUnseen(
  database: Database,
  before: Date,
  limit: number,
): Promise<number> {
  return database.$executeRaw`/* users.devices.clean */
    delete from device where id in (
      select id from device where last_seen_at < ${before}::timestamptz limit ${limit}::int
    )`;
}

/** A session that has not ended. */
export interface OpenSessionRow {
  readonly id: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
  readonly sealedUserAgent: string | null;
  /** The person's key, wrapped. */
  readonly wrapped: Uint8Array | null;
}

/** A position in a list of sessions: behind this time and id. */
export interface SessionPosition {
  readonly lastUsedAt: Date;
  readonly id: string;
}

/** A page of a person's open sessions and one more, the last used first. */
export async function listSessions(
  database: Database,
  {
    userId,
    now,
    idleLimit,
  }: { readonly userId: string; readonly now: Date; readonly idleLimit: Date },
  { after, limit }: Page<SessionPosition>,
): Promise<OpenSessionRow[]> {
  return database.$queryRaw<OpenSessionRow[]>`/* users.sessions.list */
    select session.id, session.created_at as "createdAt", last_used_at as "lastUsedAt",
      sealed_user_agent as "sealedUserAgent", wrapped
    from session left join person_key on person_id = user_id
    where user_id = ${userId}::uuid and revoked_at is null
      and expires_at > ${now}::timestamptz and last_used_at > ${idleLimit}::timestamptz
      and (
        ${after?.id ?? null}::uuid is null
        or (last_used_at, session.id) < (${after?.lastUsedAt ?? null}::timestamptz, ${after?.id ?? null}::uuid)
      )
    order by last_used_at desc, session.id desc
    limit ${limit + 1}::int`;
}

/** Those of these sessions that have not ended. One that is idle for too long is deleted daily. */
export async function findOpenSessions(
  database: Database | Transaction,
  sessionIds: readonly string[],
  now: Date,
): Promise<(Pick<OpenSessionRow, "id" | "sealedUserAgent" | "wrapped"> & { userId: string })[]> {
  if (sessionIds.length === 0) return [];
  return database.$queryRaw`/* users.sessions.open */
    select session.id::text, user_id::text as "userId", sealed_user_agent as "sealedUserAgent", wrapped
    from session left join person_key on person_id = user_id
    where session.id = any(${sessionIds}::uuid[]) and revoked_at is null
      and expires_at > ${now}::timestamptz`;
}

/** Whether a person has this session, or had it. */
export async function hasSession(
  tx: Transaction,
  session: { readonly id: string; readonly userId: string },
): Promise<boolean> {
  return (await tx.session.count({ where: session })) > 0;
}

export interface SessionOwner {
  readonly sealedUserAgent: string | null;
  /** Whether mail to their address reaches them. */
  readonly isVerified: boolean;
}

export async function findSessionOwner(tx: Transaction, id: string): Promise<SessionOwner | null> {
  const [found] = await tx.$queryRaw<SessionOwner[]>`/* users.session.owner */
    select sealed_user_agent as "sealedUserAgent", verified_at is not null as "isVerified"
    from session join credential on credential.user_id = session.user_id
    where session.id = ${id}::uuid`;
  return found ?? null;
}
