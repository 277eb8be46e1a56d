// The operations of a gate. A request that gets no answer in time counts as offline; a gate repeats
// it later with the same nonce.
import type { ApolloClient } from "@apollo/client";
import {
  AddWalkInDocument,
  CheckInDocument,
  DoorListDocument,
  SyncCheckInsDocument,
  SyncWalkInsDocument,
  UndoCheckInDocument,
  UndoWalkInDocument,
} from "@meetinity/client/documents";
import type {
  AddWalkInMutation,
  CheckInMutation,
  DoorListQuery,
  DoorListQueryVariables,
} from "@meetinity/client/operations";
import { codeOf } from "@meetinity/ui/components/explain.ts";
import type { UndoStored } from "./gate-state.ts";
import type { Waiting } from "./stored-door.ts";

/** A gate does not keep people waiting for a slow network. */
const ANSWER_MS = 4_000;
const PAGE = 100;

/** Codes with which the graph says that a part of it is not there just now. */
const OUTAGES: readonly (string | null)[] = [
  "SUBGRAPH_UNAVAILABLE",
  "DEADLINE_EXCEEDED",
  "RATE_LIMITED",
  // Not an answer of the graph.
  null,
];

/** Whether an error says that there was no answer. */
export function isOutage(error: unknown): boolean {
  return OUTAGES.includes(codeOf(error));
}

/** Nobody else sends what a person has let in, whoever signs in later. */
const quick = (viewerId: string) => ({
  isSafeToRepeat: true,
  // The gate tries again itself.
  tries: 1,
  viewerId,
  fetchOptions: { signal: AbortSignal.timeout(ANSWER_MS) },
});

type Scanned = Extract<Waiting, { kind: "scan" }>;
type Walked = Extract<Waiting, { kind: "walkIn" }>;

export async function sendScan(
  apollo: ApolloClient,
  scan: Scanned,
): Promise<CheckInMutation["checkIn"]> {
  const { eventId, viewerId, code, nonce, gate, at } = scan;
  const { data } = await apollo.mutate({
    mutation: CheckInDocument,
    variables: { input: { eventId, code, nonce, gate, scannedAt: at } },
    context: quick(viewerId),
  });
  if (!data) throw new Error("a scan has no answer");
  return data.checkIn;
}

export async function sendWalkIn(
  apollo: ApolloClient,
  walkIn: Walked,
): Promise<AddWalkInMutation["addWalkIn"]> {
  const { eventId, viewerId, partySize, label, ticketTypeId, nonce, gate, at } = walkIn;
  const { data } = await apollo.mutate({
    mutation: AddWalkInDocument,
    variables: { input: { eventId, partySize, label, ticketTypeId, nonce, gate, enteredAt: at } },
    context: quick(viewerId),
  });
  if (!data) throw new Error("a walk-in has no answer");
  return data.addWalkIn;
}

export async function takeBack(
  apollo: ApolloClient,
  viewerId: string,
  { kind, id }: UndoStored,
): Promise<void> {
  const context = quick(viewerId);
  if (kind === "checkIn") {
    const variables = { input: { checkInId: id } };
    await apollo.mutate({ mutation: UndoCheckInDocument, variables, context });
  } else {
    const variables = { input: { walkInId: id } };
    await apollo.mutate({ mutation: UndoWalkInDocument, variables, context });
  }
}

export type DoorEvent = NonNullable<DoorListQuery["event"]>;
export type DoorPage = NonNullable<DoorEvent["doorList"]>;

export interface DoorList {
  readonly event: DoorEvent;
  readonly keys: DoorListQuery["ticketKeys"];
  readonly nodes: DoorPage["edges"][number]["node"][];
  /** Behind which the stream continues. */
  readonly seq: number;
}

/** All pages of the door list, or of what has changed behind a position of the event's stream. */
export async function readDoorList(
  apollo: ApolloClient,
  eventId: string,
  changedAfter: number | null = null,
): Promise<DoorList | "forbidden" | "unknown"> {
  const nodes: DoorPage["edges"][number]["node"][] = [];
  let after: string | null = null;
  let seq: number | null = null;
  for (;;) {
    const page: DoorListQuery = await readPage(apollo, {
      eventId,
      first: PAGE,
      after,
      changedAfter,
    });
    const { event } = page;
    if (!event) return "unknown";
    if (!event.doorList) return "forbidden";
    const { edges, pageInfo } = event.doorList;
    seq ??= event.doorList.seq;
    nodes.push(...edges.map(({ node }) => node));
    if (!pageInfo.hasNextPage) return { event, keys: page.ticketKeys, nodes, seq };
    after = pageInfo.endCursor ?? null;
  }
}

async function readPage(
  apollo: ApolloClient,
  variables: DoorListQueryVariables,
): Promise<DoorListQuery> {
  const { data } = await apollo.query({
    query: DoorListDocument,
    variables,
    fetchPolicy: "no-cache",
    // The answer to an earlier request may be older than what has been told since.
    context: { queryDeduplication: false },
  });
  if (!data) throw new Error("a door list has no answer");
  return data;
}

/** The outcomes of scans and walk-ins that were sent late. */
export interface Sent {
  readonly nonces: readonly string[];
  /** Conflicts, and those that the server refused. */
  readonly troubles: number;
  /** How to take each back that was stored, by nonce. */
  readonly stored: ReadonlyMap<string, UndoStored>;
}

export async function sendScans(
  apollo: ApolloClient,
  eventId: string,
  gate: string,
  viewerId: string,
  scans: readonly Scanned[],
): Promise<Sent> {
  const checkIns = scans.map(({ code, nonce, at }) => ({ code, nonce, scannedAt: at }));
  const { data } = await apollo.mutate({
    mutation: SyncCheckInsDocument,
    variables: { input: { eventId, gate, checkIns } },
    context: { isSafeToRepeat: true, viewerId, tries: 1 },
  });
  const results = data?.syncCheckIns?.results ?? [];
  const troubles = results.filter(
    ({ result }) => result.__typename !== "CheckInSuccess" || result.checkIn.isConflict,
  );
  const stored = results.flatMap(({ nonce, result }) =>
    result.__typename === "CheckInSuccess"
      ? [[nonce, { kind: "checkIn", id: result.checkIn.id }] as const]
      : [],
  );
  const nonces = results.map(({ nonce }) => nonce);
  return { nonces, troubles: troubles.length, stored: new Map(stored) };
}

export async function sendWalkIns(
  apollo: ApolloClient,
  eventId: string,
  gate: string,
  viewerId: string,
  parties: readonly Walked[],
): Promise<Sent> {
  const walkIns = parties.map(({ partySize, label, ticketTypeId, nonce, at }) => ({
    partySize,
    label,
    ticketTypeId,
    nonce,
    enteredAt: at,
  }));
  const { data } = await apollo.mutate({
    mutation: SyncWalkInsDocument,
    variables: { input: { eventId, gate, walkIns } },
    context: { isSafeToRepeat: true, viewerId, tries: 1 },
  });
  const results = data?.syncWalkIns?.results ?? [];
  const troubles = results.filter(({ result }) => result.__typename !== "AddWalkInSuccess");
  const stored = results.flatMap(({ nonce, result }) =>
    result.__typename === "AddWalkInSuccess"
      ? [[nonce, { kind: "walkIn", id: result.walkIn.id }] as const]
      : [],
  );
  const nonces = results.map(({ nonce }) => nonce);
  return { nonces, troubles: troubles.length, stored: new Map(stored) };
}
