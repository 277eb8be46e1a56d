// The normal form of e-mail addresses. Pure: no clock, no database.

/** The normal form of an address, for all ways to write it. */
export function normalEmail(email: string): string {
  return email.normalize("NFKC").trim().toLowerCase();
}
