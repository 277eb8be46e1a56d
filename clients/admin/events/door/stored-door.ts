// The data of a gate in the browser, so that it works without the network and after a reload: the
// door list of an event, and what it has let in that the server does not know yet.
import type { Price } from "@meetinity/ui/i18n/prices.ts";

/** A ticket type of the event. */
export interface StoredType {
  readonly id: string;
  readonly name: string;
  readonly price?: Price | null;
}

export interface StoredParty {
  readonly registrationId: string;
  readonly status: string;
  readonly partySize: number;
  readonly ticketVersion: number;
  readonly checkedInSeats: readonly number[];
  readonly name: string | null;
  /** Missing in older lists, as the event's types. */
  readonly ticketTypeId?: string | null;
}

export interface StoredEvent {
  readonly title: string;
  readonly startsAt: string;
  readonly timeZone: string;
  readonly ticketTypes?: readonly StoredType[];
}

export interface StoredList {
  readonly eventId: string;
  /** The signed-in person: another one does not get the list of names. */
  readonly viewerId: string;
  readonly readAt: number;
  /** The position of the event's stream up to which the list is complete. */
  readonly seq?: number;
  /** The facts of the event that a page shows. */
  readonly event?: StoredEvent;
  readonly keys: readonly { readonly kid: string; readonly publicKey: string }[];
  readonly parties: readonly StoredParty[];
}

/** Something that this gate let in. */
export type Waiting = {
  readonly nonce: string;
  readonly eventId: string;
  readonly viewerId: string;
  readonly gate: string;
  readonly at: string;
} & (
  | {
      readonly kind: "scan";
      readonly code: string;
      readonly registrationId: string;
      readonly seat: number;
    }
  | {
      readonly kind: "walkIn";
      readonly partySize: number;
      readonly label: string;
      /** Missing in entries of an earlier release. */
      readonly ticketTypeId?: string | null;
    }
);

const NAME = "meetinity-door";
const LISTS = "lists";
const WAITING = "waiting";

let opened: Promise<IDBDatabase> | null = null;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(LISTS, { keyPath: "eventId" });
      request.result.createObjectStore(WAITING, { keyPath: "nonce" });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

async function run<Result>(
  store: string,
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result> {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(store, mode);
    const request = work(transaction.objectStore(store));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error);
  });
}

export async function loadList(eventId: string, viewerId: string): Promise<StoredList | null> {
  const list: StoredList | undefined = await run(LISTS, "readonly", (store) => store.get(eventId));
  isForgotten = false;
  return list?.viewerId === viewerId ? list : null;
}

/** The list of an event, whoever has read it: for a page that cannot know who is signed in. */
export async function findList(
  eventId: string,
): Promise<(StoredList & { readonly event: StoredEvent }) | null> {
  const list: StoredList | undefined = await run(LISTS, "readonly", (store) => store.get(eventId));
  // A list of an earlier release says less.
  return list?.event ? { ...list, event: list.event } : null;
}

/** Since the names were deleted, nobody has opened a door. */
let isForgotten = false;

/** Deletes all names, when the person signs out. What waits to be sent stays, without names. */
export async function forgetLists(): Promise<void> {
  isForgotten = true;
  await run(LISTS, "readwrite", (store) => store.clear());
}

const OLD_MS = 7 * 24 * 3_600_000;

/** Deletes the lists of doors that nobody has opened for a week. */
export async function forgetOldLists(now: number): Promise<void> {
  const all: StoredList[] = await run(LISTS, "readonly", (store) => store.getAll());
  for (const { eventId, readAt } of all) {
    if (readAt < now - OLD_MS) await run(LISTS, "readwrite", (store) => store.delete(eventId));
  }
}

export async function saveList(list: StoredList): Promise<void> {
  // A page that closes after the person has signed out brings no name back.
  if (isForgotten) return;
  await run(LISTS, "readwrite", (store) => store.put(list));
}

/** Entries by this person at the event that are not sent yet, in the order of time. */
export async function loadWaiting(eventId: string, viewerId: string): Promise<Waiting[]> {
  const all: Waiting[] = await run(WAITING, "readonly", (store) => store.getAll());
  return all
    .filter((each) => each.eventId === eventId && each.viewerId === viewerId)
    .sort((one, other) => (one.at < other.at ? -1 : 1));
}

export async function keep(waiting: Waiting): Promise<void> {
  await run(WAITING, "readwrite", (store) => store.put(waiting));
}

export async function forget(nonces: readonly string[]): Promise<void> {
  for (const nonce of nonces) await run(WAITING, "readwrite", (store) => store.delete(nonce));
}
