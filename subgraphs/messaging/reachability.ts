// Whether a person can reach others: to talk to them, or to add them to a group. An unknown person
// and a person behind a block get the same answer after the same time.
import { setTimeout as delay } from "node:timers/promises";
import type { Context } from "./context.ts";
import { findUnreachable } from "./projection/store.ts";

/** A person who has just signed up is not known here yet, so the lookup is repeated. */
const WAITS_MS = [50, 100, 200, 400];

/** Those of the people whom `personId` cannot reach, without `personId`. Ids are canonical. */
export async function unreachableAmong(
  { database }: Context,
  personId: string,
  userIds: readonly string[],
): Promise<readonly string[]> {
  const others = userIds.filter((id) => id !== personId);
  if (others.length === 0) return [];
  let unreachable = await findUnreachable(database, personId, others);
  for (const waitMs of WAITS_MS) {
    if (unreachable.size === 0) break;
    await delay(waitMs);
    unreachable = await findUnreachable(database, personId, others);
  }
  return others.filter((id) => unreachable.has(id));
}
