// The search for words for profiles: known names, and those that many people use.
import { requireViewer } from "#kit/trust/identity";
import type { Context } from "../context.ts";
import type { TopicKind } from "../generated/prisma/enums.ts";
import { knownTopics, shownAs, wordingKey } from "../topics.ts";
import { listCommonTopics } from "./store.ts";

const NAMES_MAX = 10;

/** `search` is a cleaned line; null asks for the commonest names. */
export async function suggestedTopics(
  context: Context,
  kind: TopicKind,
  search: string | null,
): Promise<string[]> {
  requireViewer(context);
  context.folded.require();
  const beginning = wordingKey(search ?? "");
  // A search for what folds leave out, such as a hyphen, finds nothing.
  if (search !== null && beginning === "") return [];
  const known = knownTopics(beginning);
  const searched = search === null ? null : { beginning, known };
  const common = await listCommonTopics(context.database, kind, searched, NAMES_MAX);
  const others = known.map((key) => ({ key, wording: key }));
  return [...new Set([...common, ...others].map(shownAs))].slice(0, NAMES_MAX);
}
