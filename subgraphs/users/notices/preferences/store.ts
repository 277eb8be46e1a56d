// Reads and writes how people want to be told.
import type { Database, Transaction } from "../../database.ts";
import type { NotificationCategory, NotificationDigest } from "../../generated/prisma/enums.ts";
import type { Channels } from "../categories.ts";

export interface NotificationPreferencesRow {
  readonly digest: NotificationDigest;
  /** Minutes of the day on the clocks of the zone; both or none. */
  readonly quietFrom: number | null;
  readonly quietTo: number | null;
  readonly timeZone: string;
  /** Whether pushes say who and what. */
  readonly hasPushDetails: boolean;
  /** The choices of the person. */
  readonly choices: Readonly<Partial<Record<NotificationCategory, Channels>>>;
}

const DEFAULTS: NotificationPreferencesRow = {
  digest: "AT_ONCE",
  quietFrom: null,
  quietTo: null,
  timeZone: "UTC",
  hasPushDetails: true,
  choices: {},
};

/** The preferences of each of these people, or those without a choice. */
export async function findPreferences(
  database: Pick<Database, "$queryRaw"> | Transaction,
  personIds: readonly string[],
): Promise<Map<string, NotificationPreferencesRow>> {
  const rows = await database.$queryRaw<
    ({ personId: string } & NotificationPreferencesRow)[]
  >`/* users.preferences.find */
    select person_id::text as "personId", digest::text as digest, quiet_from as "quietFrom",
      quiet_to as "quietTo", time_zone as "timeZone", has_push_details as "hasPushDetails", choices
    from notification_preference where person_id = any(${personIds}::uuid[])`;
  const found = new Map(rows.map(({ personId, ...preferences }) => [personId, preferences]));
  return new Map(personIds.map((id) => [id, found.get(id) ?? DEFAULTS]));
}

/** The preferences of one person. */
export async function readPreferences(
  database: Parameters<typeof findPreferences>[0],
  personId: string,
): Promise<NotificationPreferencesRow> {
  return (await findPreferences(database, [personId])).get(personId) ?? DEFAULTS;
}

/** The wrapped key of a person; null when they are gone. */
export async function findKey(database: Database, personId: string): Promise<Uint8Array | null> {
  const key = await database.personKey.findUnique({ where: { personId } });
  return key?.wrapped ?? null;
}

/** A change: parts that are left out stay, and so do the choices of other categories. */
export interface PreferencesChange
  extends Partial<Omit<NotificationPreferencesRow, "quietFrom" | "quietTo">> {
  /** Null for none. */
  readonly quiet?: { readonly from: number; readonly to: number } | null;
}

/** False when the person is gone. */
export async function savePreferences(
  database: Pick<Database, "$executeRaw"> | Transaction,
  personId: string,
  { digest, timeZone, hasPushDetails, quiet, choices }: PreferencesChange,
): Promise<boolean> {
  const isQuietGiven = quiet !== undefined;
  const saved = await database.$executeRaw`/* users.preferences.save */
    insert into notification_preference as stored
      (person_id, digest, quiet_from, quiet_to, time_zone, has_push_details, choices)
    select id, coalesce(${digest ?? null}::notification_digest, 'AT_ONCE'),
      ${quiet?.from ?? null}::smallint, ${quiet?.to ?? null}::smallint,
      coalesce(${timeZone ?? null}::text, 'UTC'), coalesce(${hasPushDetails ?? null}::boolean, true),
      ${JSON.stringify(choices ?? {})}::jsonb
    from person where id = ${personId}::uuid
      and not exists (select from erasure where user_id = ${personId}::uuid)
    for key share
    on conflict (person_id) do update set
      digest = coalesce(${digest ?? null}::notification_digest, stored.digest),
      quiet_from = case when ${isQuietGiven}::boolean then excluded.quiet_from else stored.quiet_from end,
      quiet_to = case when ${isQuietGiven}::boolean then excluded.quiet_to else stored.quiet_to end,
      time_zone = coalesce(${timeZone ?? null}::text, stored.time_zone),
      has_push_details = coalesce(${hasPushDetails ?? null}::boolean, stored.has_push_details),
      choices = stored.choices || excluded.choices`;
  return saved > 0;
}
