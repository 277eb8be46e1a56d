// The door list as this gate knows it: read from the server, followed by the stream of changes, and
// kept in the browser.
import type { ApolloClient } from "@apollo/client";
import { DoorUpdatedDocument } from "@meetinity/client/documents";
import type { DoorUpdatedSubscription } from "@meetinity/client/operations";
import { isOutage, readDoorList } from "./door-api.ts";
import { type Counters, countersOf, type GateState } from "./gate-state.ts";
import type { Party, Snapshot } from "./offline.ts";
import {
  forgetOldLists,
  loadList,
  type StoredEvent,
  type StoredType,
  saveList,
} from "./stored-door.ts";
import type { TicketKey } from "./ticket.ts";

/** How often the list is read where its changes are not told. */
const POLL_MS = 15_000;
const SAVE_MS = 5_000;

interface Options {
  readonly apollo: ApolloClient;
  readonly eventId: string;
  readonly viewerId: string;
}

type Update = DoorUpdatedSubscription["registrationUpdated"];

export class DoorList {
  keys: readonly TicketKey[] = [];
  #parties = new Map<string, Party>();
  #readAt = 0;
  /** The position of the event's stream that the list has; null without a list. */
  #seq: number | null = null;
  #event: StoredEvent | null = null;
  #isChanged = false;
  #isStopped = false;
  #isLive = false;
  /** How many changes the stream has told. */
  #told = 0;
  #stopStream: () => void = () => {};
  readonly #timers: ReturnType<typeof setInterval>[] = [];
  readonly #options: Options;
  readonly #tell: (change: Partial<GateState>) => void;

  constructor(options: Options, tell: (change: Partial<GateState>) => void) {
    this.#options = options;
    this.#tell = tell;
  }

  types(): readonly StoredType[] {
    return this.#event?.ticketTypes ?? [];
  }

  snapshot(): Snapshot {
    return { readAt: this.#readAt, parties: this.#parties };
  }

  async start(): Promise<void> {
    const { eventId, viewerId } = this.#options;
    const stored = await loadList(eventId, viewerId).catch(() => null);
    if (stored && this.#readAt === 0) {
      this.keys = stored.keys;
      this.#parties = new Map(stored.parties.map((party) => [party.registrationId, party]));
      this.#readAt = stored.readAt;
      this.#seq = stored.seq ?? null;
      this.#event = stored.event ?? null;
      this.#tell({ status: "ready", readAt: stored.readAt, types: this.types() });
    }
    void forgetOldLists(Date.now()).catch(() => {});
    await this.refresh();
    if (this.#isStopped) return;
    this.#timers.push(
      setInterval(() => void (this.#isLive || this.refresh()), POLL_MS),
      setInterval(() => void this.#save(), SAVE_MS),
    );
  }

  stop(): void {
    this.#isStopped = true;
    this.#stopStream();
    for (const timer of this.#timers) clearInterval(timer);
    void this.#save();
  }

  /** Reads the list, or what has changed in it, and follows its changes. */
  async refresh(): Promise<void> {
    const startedAt = Date.now();
    const told = this.#told;
    try {
      const list = await readDoorList(this.#options.apollo, this.#options.eventId, this.#seq);
      if (this.#isStopped) return;
      if (list === "unknown" || list === "forbidden") {
        this.#tell({ status: list });
        return;
      }
      this.keys = list.keys;
      for (const party of list.nodes) this.#parties.set(party.registrationId, party);
      this.#seq = list.seq;
      const { title, startsAt, timeZone, ticketTypes } = list.event;
      this.#event = { title, startsAt, timeZone, ticketTypes };
      this.#known(startedAt);
      this.#tell({ status: "ready", isOnline: true, types: ticketTypes });
      this.#count(list.event, told);
      if (this.#isLive) return;
      this.#follow(list.seq);
      await this.#recount();
    } catch (error) {
      if (isOutage(error)) this.#tell({ isOnline: false });
    }
  }

  /** Counters that were read before a change was told are older than those of the change. */
  #count(counters: Counters, told: number): void {
    if (told === this.#told) this.#tell({ counters: countersOf(counters) });
  }

  /**
   * Counters are read before the position of a list: a change between the two is in neither the
   * counters nor the stream behind the position. So they are read once more behind it.
   */
  async #recount(): Promise<void> {
    const told = this.#told;
    const { apollo, eventId } = this.#options;
    const list = await readDoorList(apollo, eventId, this.#seq);
    if (typeof list === "object" && !this.#isStopped) this.#count(list.event, told);
  }

  #follow(after: number): void {
    const { apollo, eventId } = this.#options;
    this.#stopStream();
    this.#isLive = true;
    const stream = apollo
      .subscribe({ query: DoorUpdatedDocument, variables: { eventId, after } })
      .subscribe({
        next: ({ data }) => data && this.#apply(data.registrationUpdated),
        // Those who may let people in, but not watch registrations, read the list now and then.
        error: (error: unknown) => {
          this.#isLive = false;
          if (isOutage(error)) this.#tell({ isOnline: false });
        },
        complete: () => {
          this.#isLive = false;
        },
      });
    this.#stopStream = () => stream.unsubscribe();
  }

  #apply({ seq, registration, event }: Update): void {
    this.#told += 1;
    this.#seq = Math.max(seq, this.#seq ?? 0);
    if (registration) {
      const { id: registrationId, attendee, ticketType, ...party } = registration;
      const name = attendee?.displayName ?? null;
      const ticketTypeId = ticketType?.id ?? null;
      this.#parties.set(registrationId, { ...party, registrationId, name, ticketTypeId });
    }
    this.#known(Date.now());
    this.#tell({ isOnline: true, ...(event && { counters: countersOf(event) }) });
  }

  #known(readAt: number): void {
    this.#readAt = readAt;
    this.#isChanged = true;
    this.#tell({ readAt });
  }

  async #save(): Promise<void> {
    if (!this.#isChanged || !this.#event) return;
    this.#isChanged = false;
    const { eventId, viewerId } = this.#options;
    const known = { event: this.#event, readAt: this.#readAt, keys: this.keys };
    const parties = [...this.#parties.values()];
    const seq = this.#seq === null ? {} : { seq: this.#seq };
    await saveList({ eventId, viewerId, ...known, ...seq, parties }).catch(() => {});
  }
}
