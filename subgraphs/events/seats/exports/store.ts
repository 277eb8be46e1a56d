// Reads and writes exports and what they contain.
import type { Database, Transaction } from "../../database.ts";
import type { RegistrationStatus } from "../../generated/prisma/enums.ts";

export interface NewExport {
  /** SHA-256 of the token, in base64url. */
  readonly tokenHash: string;
  readonly eventId: string;
  readonly personId: string;
  readonly isAdmin: boolean;
  readonly expiresAt: Date;
}

/** Stores an export, and deletes those that no longer work. */
export async function insertExport(
  tx: Transaction,
  { tokenHash, eventId, personId, isAdmin, expiresAt }: NewExport,
  now: Date,
): Promise<void> {
  await tx.registrationExport.deleteMany({ where: { expiresAt: { lt: now } } });
  await tx.registrationExport.create({
    data: { tokenHash, eventId, personId, isAdmin, expiresAt },
  });
}

/** Uses an export up: of any number of calls at once, one gets it. */
export async function takeExport(
  database: Database,
  tokenHash: string,
  eventId: string,
  now: Date,
): Promise<{ readonly personId: string; readonly isAdmin: boolean } | null> {
  const [taken] = await database.$queryRaw<
    { personId: string; isAdmin: boolean }[]
  >`/* events.exports.take */
    update registration_export set used_at = ${now}
    where token_hash = ${tokenHash} and event_id = ${eventId}::uuid and used_at is null
      and expires_at > ${now}
    returning person_id as "personId", is_admin as "isAdmin"`;
  return taken ?? null;
}

export interface ExportedRow {
  readonly id: string;
  readonly requestedSeq: number;
  readonly name: string | null;
  readonly status: RegistrationStatus;
  readonly partySize: number;
  readonly ticketType: string | null;
  readonly isHidden: boolean;
  readonly createdAt: Date;
  /** By question: a text, or the chosen options. */
  readonly answers: Readonly<Record<string, string | readonly string[]>> | null;
}

/** A page of registrations behind a position, in the order in which they were made. */
export async function pageOfExport(
  database: Database,
  eventId: string,
  after: number,
  limit: number,
): Promise<ExportedRow[]> {
  return database.$queryRaw<ExportedRow[]>`/* events.exports.page */
    select r.id, r.requested_seq as "requestedSeq", person.display_name as name,
      r.status::text as status, r.party_size as "partySize", r.is_hidden as "isHidden",
      r.created_at as "createdAt", ticket_type.name as "ticketType", given.answers
    from registration r
    left join person on person.id = r.attendee_id
    left join ticket_type on ticket_type.id = r.ticket_type_id
    left join lateral (
      select jsonb_object_agg(question_id, coalesce(to_jsonb(text), to_jsonb(choices))) as answers
      from answer where registration_id = r.id
    ) as given on true
    where r.event_id = ${eventId}::uuid and r.requested_seq > ${after}::int
    order by r.requested_seq limit ${limit}::int`;
}
