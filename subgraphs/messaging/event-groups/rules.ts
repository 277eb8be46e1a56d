// The people who join and leave the group of an event. Pure: the caller has locked the group.

export interface EventGroup {
  /** Present members. */
  readonly present: readonly string[];
  /** People with seats who do not hide, in the order of their ids. */
  readonly attendees: readonly string[];
  /** People whom a registration brought in, also those who are gone since. */
  readonly brought: readonly string[];
  /** People who left on their own. */
  readonly departed: readonly string[];
}

export interface GroupStep {
  readonly joining: readonly string[];
  /** Present members who have no seat any more. */
  readonly leaving: readonly string[];
  /** Of `brought`, those without a seat: a new registration brings them in again. */
  readonly forgotten: readonly string[];
}

/**
 * The difference between a group and the registrations. People whom somebody added by hand stay.
 * Those who left or were removed are not brought back, and nobody joins a full group.
 */
export function stepOf(group: EventGroup, membersMax: number): GroupStep {
  const attendees = new Set(group.attendees);
  const present = new Set(group.present);
  const forgotten = group.brought.filter((id) => !attendees.has(id));
  const leaving = forgotten.filter((id) => present.has(id));
  const out = new Set([...group.present, ...group.brought, ...group.departed]);
  const room = Math.max(0, membersMax - group.present.length + leaving.length);
  const joining = group.attendees.filter((id) => !out.has(id)).slice(0, room);
  return { joining, leaving, forgotten };
}
