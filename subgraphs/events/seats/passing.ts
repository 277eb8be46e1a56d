// Decides who on the list gets seats: in order, with the rule of passing. Pure: no clock, no
// database.

/** A party on the list. */
export interface Waiting {
  readonly partySize: number;
  /** How many parties behind it got seats while it waits and did not fit. */
  readonly passes: number;
}

/** The seats that are free while they are given out. */
export interface FreeSeats<Party> {
  /** Whether the party fits into the seats that are left now. */
  fits(party: Party): boolean;
  /** Takes the seats of a party, or keeps them for one that does not fit: then none are left. */
  take(party: Party): void;
}

export interface PassingLimits {
  /** How many parties may pass one that cannot fit; 0 for a strict order. */
  readonly passesMax: number;
  /** How many parties may get seats in one go. */
  readonly givenMax: number;
}

export interface Decision<Party> {
  /** The parties that get seats, in order. */
  readonly given: readonly Party[];
  /** Whether a party got seats that stood behind one that waits on. */
  readonly hasPassed: boolean;
  /** Whether `givenMax` ended it: more may fit. */
  readonly isCut: boolean;
}

/**
 * Gives seats to the parties of a list, in its order. A party that does not fit waits, and those
 * behind it may pass it until `passesMax` have done so; from then on, free seats are kept for it.
 * Parties that can never fit must not be in the list: they would be passed, and end the passing.
 */
export function decide<Party extends Waiting>(
  list: readonly Party[],
  free: FreeSeats<NoInfer<Party>>,
  { passesMax, givenMax }: PassingLimits,
): Decision<Party> {
  const given: Party[] = [];
  let passed: { readonly party: Party; left: number }[] = [];
  let hasPassed = false;
  for (const party of list) {
    if (!free.fits(party)) {
      const left = passesMax - party.passes;
      if (left > 0) passed.push({ party, left });
      else free.take(party);
      continue;
    }
    if (given.length === givenMax) return { given, hasPassed, isCut: true };
    free.take(party);
    given.push(party);
    hasPassed ||= passed.length > 0;
    for (const each of passed) {
      each.left -= 1;
      if (each.left === 0) free.take(each.party);
    }
    passed = passed.filter(({ left }) => left > 0);
  }
  return { given, hasPassed, isCut: false };
}

/** The free seats of an event whose seats are all alike. */
export function alikeSeats(seatsLeft: number): FreeSeats<{ readonly partySize: number }> {
  let left = seatsLeft;
  return {
    fits: ({ partySize }) => partySize <= left,
    take: ({ partySize }) => {
      left -= partySize;
    },
  };
}

/**
 * How many parties of each class (equal size, equally often passed) a sweep must read, counted from
 * the front, so that `decide` gives the same parties as on the whole list: those that can get seats
 * at all, and one more. The first of a class that stays behind stands for the rest of it: they do
 * not fit either, and it is passed by everyone who passes them.
 */
export function readOfClass(partySize: number, seatsLeft: number, givenMax: number): number {
  return Math.min(Math.floor(Math.max(0, seatsLeft) / partySize), givenMax) + 1;
}
