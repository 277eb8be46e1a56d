// Judges the ticket types of an event when they are made and changed. Pure: the caller has locked
// the event's stream.

export const TICKET_TYPES_MAX = 20;

/** The fields of a ticket type that people write. */
export interface TicketTypeFields {
  readonly name: string;
  readonly description: string | null;
  /** Both null when it is free. */
  readonly priceMinor: number | null;
  readonly currency: string | null;
  readonly quota: number | null;
  readonly isReserved: boolean;
  readonly isHidden: boolean;
  readonly partySizeMax: number | null;
}

/** A missing field stays as it is; null empties it. */
export type TicketTypePatch = {
  readonly [Field in keyof TicketTypeFields]?: TicketTypeFields[Field] | null | undefined;
};

/** The fields that may not be empty. */
const REQUIRED = ["name", "isReserved", "isHidden"] as const;

/** The required fields that a change would empty. */
export function emptied(patch: TicketTypePatch): string[] {
  return REQUIRED.filter((field) => patch[field] === null || patch[field] === "");
}

/** The fields of a type after a change that empties no required field. */
export function patched(type: TicketTypeFields, patch: TicketTypePatch): TicketTypeFields {
  const pick = <Field extends keyof TicketTypeFields>(field: Field): TicketTypeFields[Field] => {
    const given = patch[field];
    return given === undefined ? type[field] : (given as TicketTypeFields[Field]);
  };
  return {
    name: pick("name"),
    description: pick("description"),
    priceMinor: pick("priceMinor"),
    currency: pick("currency"),
    quota: pick("quota"),
    isReserved: pick("isReserved"),
    isHidden: pick("isHidden"),
    partySizeMax: pick("partySizeMax"),
  };
}

/** Whether any field differs. */
export function hasChanged(before: TicketTypeFields, after: TicketTypeFields): boolean {
  const fields = Object.keys(after) as (keyof TicketTypeFields)[];
  return fields.some((field) => before[field] !== after[field]);
}

export interface TypeMistake {
  readonly field: "quota" | "code";
  readonly message: string;
}

interface Code {
  /** A new code is given. */
  readonly isGiven: boolean;
  /** Nothing of it is compared. */
  readonly isEmpty: boolean;
  /** One is stored. */
  readonly isStored: boolean;
}

/** The mistakes in fields that do not fit each other. */
export function typeMistakes(fields: TicketTypeFields, code: Code): TypeMistake[] {
  const mistakes: TypeMistake[] = [];
  if (fields.isReserved && fields.quota === null) {
    mistakes.push({ field: "quota", message: "must be given for seats that are set aside" });
  }
  if (fields.isHidden && !code.isGiven && !code.isStored) {
    mistakes.push({ field: "code", message: "must be given for a hidden ticket type" });
  }
  if (code.isEmpty) {
    mistakes.push({ field: "code", message: "must have something to read" });
  }
  if (!fields.isHidden && code.isGiven) {
    mistakes.push({ field: "code", message: "must be left out for a ticket type that all see" });
  }
  return mistakes;
}

interface Sibling {
  /** Folded. */
  readonly nameKey: string;
  readonly quota: number | null;
  readonly isReserved: boolean;
}

export type TypeVerdict =
  | { readonly kind: "fits" }
  | { readonly kind: "nameTaken" }
  | { readonly kind: "tooManySetAside"; readonly capacity: number; readonly seatsSetAside: number };

/**
 * Judges a type beside the others of its event. One that sets no more seats aside than `before` is
 * not refused where the event has become too small for all of them.
 */
export function judgeType(
  type: Sibling,
  { before, others }: { readonly before: Sibling | null; readonly others: readonly Sibling[] },
  capacity: number,
): TypeVerdict {
  if (others.some((other) => other.nameKey === type.nameKey)) return { kind: "nameTaken" };
  const seatsSetAside = others.reduce((sum, each) => sum + keptBy(each), 0);
  const kept = keptBy(type);
  const isTooMuch = kept > (before ? keptBy(before) : 0) && seatsSetAside + kept > capacity;
  return isTooMuch ? { kind: "tooManySetAside", capacity, seatsSetAside } : { kind: "fits" };
}

function keptBy({ quota, isReserved }: Sibling): number {
  return isReserved ? (quota ?? 0) : 0;
}

/** The ids in their order after one of them has moved to a place. */
export function movedTo(ids: readonly string[], id: string, position: number): string[] {
  return ids.filter((each) => each !== id).toSpliced(position, 0, id);
}
