// The people who may be added to a group: matches and contacts of the viewer, or those whom a
// search finds.
import { Matches, SearchUsers } from "@meetinity/client/operations";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { useEffect, useMemo, useState } from "react";
import { client } from "../../shell/client.ts";
import { useRead } from "../../shell/use-read.ts";
import { otherOf } from "../conversation/names.ts";
import { useInbox } from "../inbox-context.tsx";

export interface Candidate {
  readonly id: string;
  readonly displayName: string;
  readonly isVerified: boolean;
  readonly headline: string | null;
  readonly avatarUrl: string | null;
}

/** The pause in typing before a search, and the shortest one. */
const PAUSE_MS = 250;
const LETTERS_MIN = 2;
const FIRST = { matches: 50, found: 20 } as const;

export function useCandidates(search: string) {
  const { viewerId } = useObservable(client.session);
  const query = useSettled(search.trim());
  const isSearch = query.length >= LETTERS_MIN;
  const matches = useRead(Matches, { first: FIRST.matches }, { isOn: !isSearch });
  const wanted = { first: FIRST.found, search: query };
  const found = useRead(SearchUsers, wanted, { isOn: isSearch });
  const { error, retry } = isSearch ? found : matches;
  const contacts = useContacts(viewerId);
  const matched = matches.data?.matches.edges.flatMap(({ node }) => node.users);
  const people = isSearch
    ? found.data?.users.edges.map(({ node }) => node)
    : matched && [...matched, ...contacts];
  return { people: people && others(people, viewerId), isSearch, error, retry };
}

/** Each once. */
function others(people: readonly Candidate[], viewerId: string | null): readonly Candidate[] {
  const found = new Map(people.map((person) => [person.id, person]));
  return [...found.values()].filter(({ id }) => id !== viewerId);
}

/** The people with whom the viewer talks, those of the latest talks first. */
function useContacts(viewerId: string | null): readonly Candidate[] {
  const { rows } = useInbox().state;
  return useMemo(
    () => rows.map((row) => otherOf(row, viewerId)).filter((person) => person !== null),
    [rows, viewerId],
  );
}

/** A text, once it has not changed for a while. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
