// The rules of seats as the README has them, written down without the code that decides: what is
// free for a type, and which seats a party waits for.

export interface TypeRules {
  readonly id: string;
  readonly quota: number | null;
  readonly isReserved: boolean;
}

/** How an event gives seats. */
export interface Rules {
  readonly capacity: number;
  readonly passesMax: number;
  readonly types: readonly TypeRules[];
}

export interface Party {
  readonly id: string;
  readonly status: string;
  readonly partySize: number;
  readonly ticketTypeId: string | null;
  readonly requestedSeq: number;
  readonly passes: number;
}

type Seats = Pick<Party, "partySize" | "ticketTypeId">;

const HOLDING = ["CONFIRMED", "OFFERED", "CHECKED_IN", "NO_SHOW"];

/** The seats that a registration holds. */
export function seatsOf(party: Pick<Party, "status" | "partySize"> | undefined): number {
  return party && HOLDING.includes(party.status) ? party.partySize : 0;
}

/** The state of an event's seats and of those who wait, at one moment. */
export function modelOf({ capacity, passesMax, types }: Rules, parties: readonly Party[]) {
  const ruleOf = ({ ticketTypeId }: Seats) => types.find(({ id }) => id === ticketTypeId) ?? null;
  const held = (of: (party: Party) => boolean) =>
    parties.filter(of).reduce((sum, party) => sum + seatsOf(party), 0);
  const leftOf = ({ id, quota }: TypeRules) =>
    quota === null ? Infinity : quota - held((party) => party.ticketTypeId === id);
  const asideFor = (type: TypeRules) => (type.isReserved ? Math.max(0, leftOf(type)) : 0);
  const setAside = types.reduce((sum, type) => sum + asideFor(type), 0);
  const shared = capacity - held(() => true) - setAside;
  const quota = (party: Seats) => {
    const type = ruleOf(party);
    return type ? leftOf(type) : Infinity;
  };
  const isReserved = (party: Seats) => ruleOf(party)?.isReserved ?? false;
  const free = (party: Seats) => {
    const type = ruleOf(party);
    return Math.min(quota(party), shared + (type ? asideFor(type) : 0));
  };
  const others = (type: TypeRules | null) =>
    types
      .filter((each) => each.isReserved && each !== type)
      .reduce((n, each) => n + (each.quota ?? 0), 0);
  const largest = (party: Seats) => {
    const type = ruleOf(party);
    return Math.min(type?.quota ?? Infinity, capacity - others(type));
  };
  /** Those who wait for seats that they could get, in the order of the list. */
  const waiting = parties
    .filter((party) => party.status === "WAITLISTED" && party.partySize <= largest(party))
    .sort((one, other) => one.requestedSeq - other.requestedSeq);
  const isExhausted = ({ passes }: Party) => passes >= passesMax;
  const isAhead = (one: Party, other: Party) => one.requestedSeq < other.requestedSeq;
  const waitsForType = (party: Party): boolean => {
    if (isReserved(party) || party.partySize > quota(party)) return true;
    return waiting.some(
      (each) =>
        each.ticketTypeId === party.ticketTypeId &&
        isAhead(each, party) &&
        isExhausted(each) &&
        waitsForType(each),
    );
  };
  const isPassing = (given: Seats, party: Party) =>
    given.ticketTypeId === party.ticketTypeId || (!isReserved(given) && !waitsForType(party));
  const fits = (party: Seats) => party.partySize <= free(party);
  return {
    setAside,
    waiting,
    fits,
    isExhausted,
    isPassing,
    /** Whether the seats that a party waits for are kept for somebody ahead of it. */
    isKeptFrom: (party: Party) =>
      waiting.some((each) => isAhead(each, party) && isExhausted(each) && isPassing(party, each)),
  };
}
