// The changes of an event since its reader has seen it last. Only people who are registered are
// told.
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { useEffect, useState } from "react";
import { client } from "../../shell/client.ts";
import {
  changesBetween,
  digestOf,
  type Facts,
  type FactsChange,
  rememberFacts,
  seenFacts,
} from "./seen.ts";

interface EventOfReader extends Omit<Facts, "link"> {
  readonly id: string;
  readonly status: string;
  readonly onlineUrl?: string | null;
}

interface Changes {
  readonly before: Facts | null;
  readonly changes: readonly FactsChange[];
  /** The reader has seen them. */
  readonly dismiss: () => void;
}

/** Those who may see the link of an event. */
const SEATED: readonly string[] = ["CONFIRMED", "CHECKED_IN", "NO_SHOW"];
const TOLD: readonly string[] = [...SEATED, "PENDING_APPROVAL", "WAITLISTED", "OFFERED"];

/** `status` is that of the reader's registration; null without one. */
export function useChanges(event: EventOfReader, status: string | null): Changes {
  const { viewerId } = useObservable(client.session);
  const [, setDismissed] = useState(0);
  const isOver = new Date(event.endsAt) <= new Date();
  const isTold = viewerId !== null && status !== null && TOLD.includes(status) && !isOver;
  const before = isTold ? seenFacts(localStorage, viewerId, event.id) : null;
  const facts = factsOf(event, SEATED.includes(status ?? ""));
  const changes = before && event.status !== "CANCELLED" ? changesBetween(before, facts) : [];
  const isNew = changes.length === 0;
  const text = JSON.stringify(facts);
  useEffect(() => {
    if (isTold && isNew) rememberFacts(localStorage, viewerId, event.id, JSON.parse(text));
  }, [isTold, isNew, viewerId, event.id, text]);
  function dismiss(): void {
    if (viewerId !== null) rememberFacts(localStorage, viewerId, event.id, facts);
    setDismissed((count) => count + 1);
  }
  return { before, changes, dismiss };
}

function factsOf(event: EventOfReader, isSeated: boolean): Facts {
  const { startsAt, endsAt, timeZone, venue, onlineUrl } = event;
  const facts = { startsAt, endsAt, timeZone, venue };
  return isSeated && onlineUrl !== undefined ? { ...facts, link: digestOf(onlineUrl) } : facts;
}
