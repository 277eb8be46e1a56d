// Whether people can be reached: to talk to one, or to bring them into a group. Somebody whom
// nobody knows and somebody on the other side of a block get the same answer, after the same time.
import { setTimeout as delay } from "node:timers/promises";
import type { Context } from "./context.ts";
import { findUnreachable } from "./projection/store.ts";

/** Somebody who signed up a moment ago is not known here yet: it is asked again for a while. */
const WAITS_MS = [50, 100, 200, 400];

/** Those of the people whom one person cannot reach, other than themselves. Ids are canonical. */
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
