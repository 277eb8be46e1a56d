// Blocks, set and lifted as people do it, and known to every subgraph when it returns.
import { operation } from "../../schema/operations.ts";
import { dataOf } from "./client.ts";
import { untilRows } from "./database.ts";
import type { Person } from "./stories.ts";

/** Blocks, or lifts it, and waits until everybody who has to know does. */
export async function setBlock(name: "BlockUser" | "UnblockUser", by: Person, whom: Person) {
  await dataOf(operation(name), { input: { userId: whom.id } }, { as: by.token });
  const known = "select from block where blocker_id = $1 and blocked_id = $2 and is_blocked = $3";
  const values = [by.id, whom.id, name === "BlockUser"];
  for (const subgraph of ["events", "matching", "messaging"]) {
    await untilRows(subgraph, known, values, 1);
  }
}
