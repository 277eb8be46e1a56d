// Sets and lifts blocks through the API, and waits until every subgraph knows.
import { operation } from "../../schema/operations.ts";
import { dataOf } from "./client.ts";
import { untilRows } from "./database.ts";
import type { Person } from "./stories.ts";

/** Returns when all consumers of blocks have the change. */
export async function setBlock(name: "BlockUser" | "UnblockUser", by: Person, whom: Person) {
  await dataOf(operation(name), { input: { userId: whom.id } }, { as: by.token });
  const known = "select from block where blocker_id = $1 and blocked_id = $2 and is_blocked = $3";
  const values = [by.id, whom.id, name === "BlockUser"];
  for (const subgraph of ["events", "matching", "messaging"]) {
    await untilRows(subgraph, known, values, 1);
  }
}
