// Answers suggestions: locks the streams of both people and judges what it then reads. A match
// appends to both streams and is published to other subgraphs. Without a match, the steps are the
// same whatever the other person answered, so that they do not give the answer away.
import { afterCommit } from "#kit/data/database";
import { isId, newId } from "#kit/data/id";
import { findErasedOpened } from "#kit/erasures/store";
import { addToOutbox } from "#kit/facts/outbox";
import { type Change, changeStreams } from "#kit/live/changes";
import type { Entry } from "#kit/live/streams";
import { requireViewer } from "#kit/trust/identity";
import { isVerified, NOT_VERIFIED, type NotVerified } from "#kit/trust/verified";
import type { Context } from "../context.ts";
import type { Transaction } from "../database.ts";
import { matchFact } from "../integration.ts";
import { answersGiven, matchesMade } from "../metrics.ts";
import { isBlockedEitherWay } from "../people/store.ts";
import { personStream } from "../streams.ts";
import { findSuggestions, type MatchSuggestionRow } from "../suggestions/store.ts";
import { appendMatch } from "./entries.ts";
import { type AnswerWord, judgeAnswer, pairOf } from "./rules.ts";
import { findAnswers, findMatchOf, insertMatch, type StoredMatch, upsertAnswer } from "./store.ts";

export type AnswerOutcome =
  | {
      readonly kind: "answered";
      readonly suggestion: MatchSuggestionRow;
      readonly match: StoredMatch | null;
    }
  | { readonly kind: "tooLate"; readonly match: StoredMatch }
  | { readonly kind: "notFound" }
  | NotVerified;

/**
 * Answers one of the viewer's suggestions. Only a verified viewer may accept, because a match opens
 * a conversation.
 */
export async function answerSuggestion(
  context: Context,
  suggestionId: string,
  answer: AnswerWord,
): Promise<AnswerOutcome> {
  const viewer = requireViewer(context);
  if (answer === "ACCEPT" && !isVerified(viewer)) return NOT_VERIFIED;
  const [suggestion] = isId(suggestionId)
    ? await findSuggestions(context.database, viewer.id, [suggestionId])
    : [];
  if (!suggestion) return { kind: "notFound" };
  const { userId } = suggestion;
  const people = [viewer.id, userId];
  return changeStreams<Transaction, AnswerOutcome>(
    context,
    people.map(personStream),
    async (change) => {
      const isApart =
        (await isBlockedEitherWay(change.tx, viewer.id, userId)) ||
        (await findErasedOpened(change.tx, people, personStream, viewer.id)).size > 0;
      if (isApart) return { kind: "notFound" };
      const answered = await answerPerson(change, viewer.id, userId, answer, context.now());
      return answered.kind === "tooLate" ? answered : { ...answered, suggestion };
    },
  );
}

type Answered =
  | { readonly kind: "answered"; readonly match: StoredMatch | null }
  | { readonly kind: "tooLate"; readonly match: StoredMatch };

/** The caller has locked the streams of both people. */
async function answerPerson(
  change: Change<Transaction>,
  personId: string,
  userId: string,
  answer: AnswerWord,
  now: Date,
): Promise<Answered> {
  const { tx } = change;
  const [firstId, secondId] = pairOf(personId, userId);
  const match = await findMatchOf(tx, firstId, secondId);
  const { mine, theirs } = await findAnswers(tx, personId, userId);
  const verdict = judgeAnswer(answer, mine, theirs, match !== null, now);
  if (verdict.kind === "tooLate" && match) return { kind: "tooLate", match };
  if (verdict.kind !== "store") return { kind: "answered", match };
  await upsertAnswer(tx, { personId, userId, ...verdict.stored, answeredAt: now });
  afterCommit(tx, () => answersGiven.inc({ answer }));
  if (!verdict.isMatch) return { kind: "answered", match: null };
  const made = { id: newId(), firstId, secondId, createdAt: now };
  await insertMatch(tx, made);
  await addToOutbox(tx, [matchFact(made)]);
  await appendMatch(change, made);
  afterCommit(tx, () => matchesMade.inc());
  return { kind: "answered", match: made };
}

/** Opens the stream of the viewer's own matches. */
export async function watchMatches(
  context: Context,
  after: number | null | undefined,
): Promise<AsyncIterableIterator<Entry>> {
  const { id, expiresAt } = requireViewer(context);
  return context.live.open(personStream(id), { after, expiresAt });
}
