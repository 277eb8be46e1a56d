// Lists of suggestions: gives the viewer's stored list, or finds candidates, scores and ranks them,
// and stores a new list in one transaction.
import { inTransaction } from "#kit/data/database";
import { newId } from "#kit/data/id";
import type { Page } from "#kit/data/pagination";
import { requireViewer } from "#kit/trust/identity";
import { type Candidate, findCandidates, findSeeker, type Seeker } from "../candidates/store.ts";
import type { Context } from "../context.ts";
import type { Transaction } from "../database.ts";
import { shownAs } from "../topics.ts";
import { reasonsOf } from "./reasons.ts";
import { counterparts, isFresh, scoreOf } from "./rules.ts";
import {
  findLatestRun,
  hasRun,
  insertRun,
  listSuggestions,
  lockPerson,
  type MatchSuggestionRow,
  type NewRun,
} from "./store.ts";

/** A position in a list: the list, and the rank behind which a page starts. */
export interface SuggestionPosition {
  readonly runId: string;
  readonly rank: number;
}

export type SuggestionsOutcome =
  | { readonly kind: "page"; readonly rows: readonly MatchSuggestionRow[] }
  | { readonly kind: "expired" };

/**
 * A page of suggestions and one more. The first page is of the viewer's fresh list, or of a new
 * one; it is empty while the person's profile is not known.
 */
export async function matchSuggestions(
  context: Context,
  page: Page<SuggestionPosition>,
): Promise<SuggestionsOutcome> {
  const viewer = requireViewer(context);
  const { database } = context;
  const runId = page.after
    ? (await hasRun(database, viewer.id, page.after.runId)) && page.after.runId
    : await freshRun(context, viewer.id);
  if (runId === false) return { kind: "expired" };
  if (runId === null) return { kind: "page", rows: [] };
  const behind = { limit: page.limit, after: page.after?.rank ?? null };
  const rows = await listSuggestions(database, viewer.id, runId, behind, context.now());
  return { kind: "page", rows };
}

/** The person's fresh list, made when there is none. Concurrent requests wait and share it. */
async function freshRun(context: Context, personId: string): Promise<string | null> {
  const known = await findLatestRun(context.database, personId);
  if (!known) return null;
  if (known.run && isFresh(known.run, known.version, context.now())) return known.run.id;
  context.folded.require();
  return context.queue.run(personId, () =>
    inTransaction(context.database, async (tx) => {
      await lockPerson(tx, personId);
      const latest = await findLatestRun(tx, personId);
      if (!latest) return null;
      const now = context.now();
      if (latest.run && isFresh(latest.run, latest.version, now)) return latest.run.id;
      return makeRun(tx, personId, latest.version, now);
    }),
  );
}

const KEPT_MS = 24 * 3_600_000;

async function makeRun(
  tx: Transaction,
  personId: string,
  personVersion: number,
  createdAt: Date,
): Promise<string | null> {
  const seeker = await findSeeker(tx, personId);
  if (!seeker) return null;
  const wanted = counterparts(seeker.intents);
  const candidates = await findCandidates(tx, personId, wanted, createdAt);
  const suggestions = ranked(seeker, candidates);
  const run: NewRun = { id: newId(), personId, personVersion, createdAt, suggestions };
  await insertRun(tx, run, new Date(createdAt.getTime() - KEPT_MS));
  return run.id;
}

/** Best first; equal scores in the order of ids, so that equal data give an equal list. */
function ranked(seeker: Seeker, candidates: readonly Candidate[]): NewRun["suggestions"] {
  return candidates
    .map((candidate) => ({ userId: candidate.id, ...judged(seeker, candidate) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || (a.userId < b.userId ? -1 : 1))
    .map((each, at) => ({ id: newId(), rank: at + 1, ...each }));
}

function judged(seeker: Seeker, candidate: Candidate) {
  const skills = candidate.shared.filter(({ kind }) => kind === "SKILL");
  const interests = candidate.shared.filter(({ kind }) => kind === "INTEREST");
  const languages = seeker.languages.filter((each) => candidate.languages.includes(each));
  const { events } = candidate;
  const score = scoreOf(seeker, candidate, {
    skills: skills.map(({ weight }) => weight),
    interests: interests.map(({ weight }) => weight),
    languages: languages.length,
    events,
    isSamePlace: seeker.place !== null && seeker.place === candidate.place,
  });
  const namesOf = (topics: Candidate["shared"]) =>
    topics.map(({ topic, wording }) => shownAs({ key: topic, wording }));
  const reasons = reasonsOf(score, {
    intents: { mine: seeker.intents, theirs: candidate.intents },
    skills: namesOf(skills),
    interests: namesOf(interests),
    languages,
    events,
    location: seeker.location ?? "",
  });
  return { score: score.score, reasons };
}
