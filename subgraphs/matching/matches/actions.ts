// Answering a suggestion: locks the streams of both people, judges what it then reads, and tells
// both, and the other subgraphs, when they become a match. Until then it takes the same steps
// whatever the other has said.
import { inTransaction } from "#kit/data/database";
import { isId, newId } from "#kit/data/id";
import { tell } from "#kit/facts/outbox";
import { type Entry, openStreams } from "#kit/live/streams";
import { requireViewer } from "#kit/trust/identity";
import type { Context, Transaction } from "../context.ts";
import { matchFact } from "../integration.ts";
import { isBlockedEitherWay } from "../people/store.ts";
import { personStream } from "../streams.ts";
import { findSuggestions, type MatchSuggestionRow } from "../suggestions/store.ts";
import { tellBoth } from "./entries.ts";
import { type AnswerWord, judgeAnswer, pairOf } from "./rules.ts";
import { findAnswers, findMatchOf, insertMatch, type MatchRow, upsertAnswer } from "./store.ts";

export type AnswerOutcome =
  | {
      readonly kind: "answered";
      readonly suggestion: MatchSuggestionRow;
      readonly match: MatchRow | null;
    }
  | { readonly kind: "tooLate"; readonly match: MatchRow }
  | { readonly kind: "notFound" };

/** Answers a suggestion that was made to the viewer. */
export async function answerSuggestion(
  context: Context,
  suggestionId: string,
  answer: AnswerWord,
): Promise<AnswerOutcome> {
  const viewer = requireViewer(context);
  const [suggestion] = isId(suggestionId)
    ? await findSuggestions(context.database, viewer.id, [suggestionId])
    : [];
  if (!suggestion) return { kind: "notFound" };
  const { userId } = suggestion;
  const { outcome, entries } = await inTransaction(context.database, async (tx) => {
    await openStreams(tx, [personStream(viewer.id), personStream(userId)]);
    if (await isBlockedEitherWay(tx, viewer.id, userId)) return NOT_FOUND;
    const { kind, match, entries } = await answerOther(
      tx,
      viewer.id,
      userId,
      answer,
      context.now(),
    );
    if (kind === "tooLate") return { outcome: { kind, match }, entries };
    return { outcome: { kind, suggestion, match }, entries };
  });
  context.live.announce(entries);
  return outcome;
}

interface Told {
  readonly outcome: AnswerOutcome;
  readonly entries: readonly Entry[];
}

const NOT_FOUND: Told = { outcome: { kind: "notFound" }, entries: [] };

type Answered = { readonly entries: readonly Entry[] } & (
  | { readonly kind: "answered"; readonly match: MatchRow | null }
  | { readonly kind: "tooLate"; readonly match: MatchRow }
);

/** The streams of both people are locked. */
async function answerOther(
  tx: Transaction,
  personId: string,
  userId: string,
  answer: AnswerWord,
  now: Date,
): Promise<Answered> {
  const [firstId, secondId] = pairOf(personId, userId);
  const match = await findMatchOf(tx, firstId, secondId);
  const { mine, theirs } = await findAnswers(tx, personId, userId);
  const verdict = judgeAnswer(answer, mine, theirs, match !== null, now);
  if (verdict.kind === "tooLate" && match) return { kind: "tooLate", match, entries: [] };
  if (verdict.kind !== "store") return { kind: "answered", match, entries: [] };
  await upsertAnswer(tx, { personId, userId, ...verdict.stored, answeredAt: now });
  if (!verdict.isMatch) return { kind: "answered", match: null, entries: [] };
  const made = { id: newId(), firstId, secondId, createdAt: now };
  await insertMatch(tx, made);
  await tell(tx, [matchFact(made)]);
  return { kind: "answered", match: made, entries: await tellBoth(tx, made) };
}

/** Opens the stream of the viewer's own matches. */
export async function watchMatches(
  context: Context,
  after: number | null | undefined,
): Promise<AsyncIterableIterator<Entry>> {
  const { id, expiresAt } = requireViewer(context);
  return context.live.open(personStream(id), { after, expiresAt });
}
