// The changes of an event by a person, and those that somebody else has made meanwhile.
import { type Draft, type EventInput, inputOf } from "./draft.ts";

export type ChangedField = keyof EventInput;

/** The fields that are others for the server, with their new values. */
export function patchOf(before: Draft, after: Draft): Partial<EventInput> {
  const [old, wanted] = [inputOf(before), inputOf(after)];
  return Object.fromEntries(changedFields(old, wanted).map((field) => [field, wanted[field]]));
}

function changedFields(one: EventInput, other: EventInput): ChangedField[] {
  const fields = Object.keys(one) as ChangedField[];
  return fields.filter((field) => JSON.stringify(one[field]) !== JSON.stringify(other[field]));
}

export function hasChanges(before: Draft, after: Draft): boolean {
  return Object.keys(patchOf(before, after)).length > 0;
}

/** Changes that everybody with a registration is told, as the server does. */
const TOLD = ["startsAt", "endsAt", "venue", "timeZone", "onlineUrl"] as const;
export type ToldField = (typeof TOLD)[number];

export function toldFields(before: Draft, after: Draft): ToldField[] {
  const patch = patchOf(before, after);
  return TOLD.filter((field) => field in patch);
}

export interface OtherChange {
  readonly field: ChangedField;
  readonly theirs: string;
  /** The value that this person wants instead; null where they did not touch the field. */
  readonly mine: string | null;
}

export interface Merged {
  /** The person's own changes on top of those of the other. */
  readonly draft: Draft;
  readonly others: readonly OtherChange[];
}

/**
 * After somebody else saved `theirs` while this person edited `before` into `mine`. Where both
 * changed a field, the own value stays in the form until the person takes the other one.
 */
export function merge(before: Draft, mine: Draft, theirs: Draft): Merged {
  const [ofTheirs, ofMine] = [patchOf(before, theirs), patchOf(before, mine)];
  const isOwn = (field: ChangedField) =>
    field in ofMine && JSON.stringify(ofMine[field]) !== JSON.stringify(ofTheirs[field]);
  const fields = Object.keys(ofTheirs) as ChangedField[];
  const others = fields.map((field) => ({
    field,
    theirs: theirs[field],
    mine: isOwn(field) ? mine[field] : null,
  }));
  const own = Object.keys(mine) as (keyof Draft)[];
  const draft = Object.fromEntries(
    own.map((field) => [field, field in ofMine ? mine[field] : theirs[field]]),
  );
  return { draft: draft as unknown as Draft, others };
}
