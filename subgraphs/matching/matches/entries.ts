// The entries that a match leaves in the streams of its two people.
import { z } from "zod";
import { appendEntries, type Entry } from "#kit/live/streams";
import type { Transaction } from "../context.ts";
import { personStream } from "../streams.ts";

const MATCH_CREATED = "matchCreated";

const matchShape = z.object({
  id: z.string(),
  firstId: z.string(),
  secondId: z.string(),
  createdAt: z.coerce.date(),
});

/** A match as its entries tell it. */
export type MatchState = z.infer<typeof matchShape>;

/** Appends one entry to each person's stream, which the caller has locked. */
export async function tellBoth(tx: Transaction, match: MatchState): Promise<Entry[]> {
  const payload = matchShape.parse(match);
  return appendEntries(
    tx,
    [match.firstId, match.secondId].map((personId) => ({
      streamId: personStream(personId),
      type: MATCH_CREATED,
      payload,
    })),
  );
}

/** The match that an entry tells of. */
export function matchOf(entry: Entry): MatchState {
  return matchShape.parse(entry.payload);
}
