// The entries of a match, in the streams of its two people.
import { z } from "zod";
import type { Change } from "#kit/live/changes";
import type { Entry } from "#kit/live/streams";
import type { Transaction } from "../database.ts";
import { personStream } from "../streams.ts";
import type { MatchRow } from "./store.ts";

const MATCH_CREATED = "matchCreated";

const matchShape = z.object({
  id: z.string(),
  firstId: z.string(),
  secondId: z.string(),
  createdAt: z.coerce.date(),
});

type MatchState = z.infer<typeof matchShape>;

/** A person whose account was erased later is null: the entry keeps its place. */
const shownShape = matchShape.extend({
  firstId: z.string().nullable(),
  secondId: z.string().nullable(),
});

/** Appends one entry to each person's stream, which the caller has locked. */
export async function appendMatch(
  { append }: Change<Transaction>,
  match: MatchState,
): Promise<void> {
  const payload = matchShape.parse(match);
  await append(
    [match.firstId, match.secondId].map((personId) => ({
      streamId: personStream(personId),
      type: MATCH_CREATED,
      payload,
    })),
  );
}

/** The match in an entry. */
export function matchOf(entry: Entry): MatchRow {
  return shownShape.parse(entry.payload);
}
