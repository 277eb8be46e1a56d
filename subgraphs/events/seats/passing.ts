// Decides who on the list gets seats: in order, with the rule of passing. Pure: no clock, no
// database.

/** A party on the list. */
export interface Waiting {
  readonly partySize: number;
  /** How many parties behind it got seats for which it waits. */
  readonly passes: number;
  /** Null for a party without a ticket type. */
  readonly ticketTypeId: string | null;
}

type Seats = Omit<Waiting, "passes">;

/** The seats that are free while they are given out. */
export interface FreeSeats {
  /** Whether the party fits into the seats that are left now, and are not kept. */
  fits(party: Seats): boolean;
  /** Whether its seats are set aside for its type. */
  isReserved(party: Seats): boolean;
  /** Whether the party does not fit because of its own type. */
  lacksQuota(party: Seats): boolean;
  take(party: Seats): void;
  /** Keeps the rest of a type's quota: it fits nobody any more. */
  keepQuota(party: Seats): void;
  /** Keeps the seats of all types without seats of their own. */
  keepShared(): void;
}

export interface PassingLimits {
  /** How many parties may pass one that cannot fit; 0 for a strict order. */
  readonly passesMax: number;
  /** How many parties may get seats in one go. */
  readonly givenMax: number;
}

export interface Pass<Party> {
  /** It got seats for which those ahead of it wait. */
  readonly by: Party;
  /** Those behind this party wait for other seats: the quota of their type is kept for it. */
  readonly until: Party | null;
}

/** How all waiting parties of one type and size were passed. */
export interface Passed<Party> extends Seats {
  readonly passes: readonly Pass<Party>[];
}

export interface Decision<Party> {
  /** The parties that get seats, in order. */
  readonly given: readonly Party[];
  readonly passed: readonly Passed<Party>[];
  /** Whether `givenMax` ended it: more may fit. */
  readonly isCut: boolean;
}

/**
 * Gives seats to the parties of a list, in its order. A party that does not fit waits: for seats of
 * its type, if they are too few or kept for a party ahead of it, or else for those that the event
 * has for all. Parties behind it that take such seats pass it, until `passesMax` have done so; from
 * then on such seats are kept for it. Parties that can never fit must not be in the list: they
 * would be passed, and end the passing.
 */
export function decide<Party extends Waiting>(
  list: readonly Party[],
  free: FreeSeats,
  { passesMax, givenMax }: PassingLimits,
): Decision<Party> {
  const given: Party[] = [];
  const waiting = waitingParties<Party>(free);
  for (const party of list) {
    if (!free.fits(party)) {
      waiting.add(party, passesMax - party.passes);
      continue;
    }
    if (given.length === givenMax) return { given, passed: waiting.passed(), isCut: true };
    waiting.pass(party, () => free.take(party));
    given.push(party);
  }
  return { given, passed: waiting.passed(), isCut: false };
}

interface Ahead<Party> {
  readonly party: Party;
  /** How many parties may pass it. */
  left: number;
  /** The quota of its type is kept for a party ahead of it. */
  isBehindKept: boolean;
}

/** The parties that wait and may be passed, in order. */
function waitingParties<Party extends Seats>(free: FreeSeats) {
  let ahead: Ahead<Party>[] = [];
  const keepers = new Map<string | null, Party>();
  const passed = new Map<string, Passed<Party> & { passes: Pass<Party>[] }>();
  const isPassing = (given: Party, { party, isBehindKept }: Ahead<Party>) => {
    if (given.ticketTypeId === party.ticketTypeId) return true;
    if (free.isReserved(given) || free.isReserved(party)) return false;
    return !isBehindKept && !free.lacksQuota(party);
  };
  const keepFor = ({ party, isBehindKept }: Ahead<Party>, behind: readonly Ahead<Party>[]) => {
    if (isBehindKept) return;
    if (!free.isReserved(party) && !free.lacksQuota(party)) return free.keepShared();
    free.keepQuota(party);
    keepers.set(party.ticketTypeId, party);
    for (const each of behind) {
      if (each.party.ticketTypeId === party.ticketTypeId) each.isBehindKept = true;
    }
  };
  const count = ({ ticketTypeId, partySize }: Party, by: Party) => {
    const key = `${ticketTypeId} ${partySize}`;
    const known = passed.get(key) ?? { ticketTypeId, partySize, passes: [] };
    const until = keepers.get(ticketTypeId) ?? null;
    if (known.passes.at(-1)?.by !== by) known.passes.push({ by, until });
    passed.set(key, known);
  };
  return {
    add(party: Party, left: number): void {
      const waits = { party, left, isBehindKept: keepers.has(party.ticketTypeId) };
      if (left > 0) ahead.push(waits);
      else keepFor(waits, []);
    },
    /** Gives seats to a party behind all these; `take` takes them. */
    pass(given: Party, take: () => void): void {
      const rivals = ahead.filter((each) => isPassing(given, each));
      for (const { party } of rivals) count(party, given);
      take();
      for (const rival of rivals) {
        rival.left -= 1;
        if (rival.left === 0) keepFor(rival, ahead.slice(ahead.indexOf(rival) + 1));
      }
      if (rivals.length > 0) ahead = ahead.filter(({ left }) => left > 0);
    },
    passed: (): Passed<Party>[] => [...passed.values()],
  };
}

export interface TypeSeats {
  /** The rest of the quota; infinite without one. */
  readonly quotaLeft: number;
  /** Whether the quota is set aside for the type alone. */
  readonly isReserved: boolean;
}

/**
 * The free seats of an event: `shared` ones for all, without those that are set aside (negative
 * when more are taken than exist), and those of the quota of each type.
 */
export function seatsByType(shared: number, types: ReadonlyMap<string, TypeSeats>): FreeSeats {
  const quotas = new Map([...types].map(([id, { quotaLeft }]) => [id, quotaLeft]));
  const kept = new Set<string | null>();
  let left = shared;
  let isKept = false;
  const quotaOf = ({ ticketTypeId }: Seats) =>
    ticketTypeId === null ? Number.POSITIVE_INFINITY : (quotas.get(ticketTypeId) ?? 0);
  const lacksQuota = (party: Seats) => party.partySize > quotaOf(party);
  const isReserved = ({ ticketTypeId }: Seats) =>
    ticketTypeId !== null && (types.get(ticketTypeId)?.isReserved ?? false);
  return {
    isReserved,
    lacksQuota,
    fits(party) {
      if (kept.has(party.ticketTypeId) || lacksQuota(party)) return false;
      // A reserved type takes seats that it has kept before, so `left` stays as it is.
      if (isReserved(party)) return party.partySize <= quotaOf(party) + Math.min(0, left);
      return !isKept && party.partySize <= left;
    },
    take(party) {
      if (!isReserved(party)) left -= party.partySize;
      const { ticketTypeId } = party;
      if (ticketTypeId !== null) quotas.set(ticketTypeId, quotaOf(party) - party.partySize);
    },
    keepQuota: ({ ticketTypeId }) => void kept.add(ticketTypeId),
    keepShared() {
      isKept = true;
    },
  };
}

/**
 * How many parties of each class (equal type and size, equally often passed) a sweep must read,
 * counted from the front, so that `decide` gives the same parties as on the whole list: those that
 * can get seats at all, and one more. The first of a class that stays behind stands for the rest of
 * it: they do not fit either, wait for the same seats, and are passed only by those who pass it.
 */
export function readOfClass(partySize: number, seatsLeft: number, givenMax: number): number {
  return Math.min(Math.floor(Math.max(0, seatsLeft) / partySize), givenMax) + 1;
}
