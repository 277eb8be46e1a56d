// What the tests' jobs do: they add a row to `effect`.
import { z } from "zod";
import { jobKind } from "../../../kit/jobs/kinds.ts";
import type { Prisma } from "../../../subgraphs/users/generated/prisma/client.ts";

/** Adds a row for the key. */
export async function storeEffect(tx: Prisma.TransactionClient, key: string): Promise<void> {
  await tx.$executeRaw`/* test.effect */ insert into effect (key) values (${key})`;
}

/** The kind of `worker-child.ts`. */
export const childKind = jobKind("test.child", z.object({}), { firstBackoffMs: 1 });
