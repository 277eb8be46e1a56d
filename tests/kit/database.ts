// The databases of the running stack, for facts that no API shows, and for counting statements.
import pg from "pg";
import { expect, vi } from "vitest";
import { stack } from "./stack.ts";

/** The database URL of a subgraph of the stack. */
export function databaseUrlOf(subgraph: string): string {
  return stack().urls.databases[subgraph] ?? "";
}

/** Runs `work` with a connection to the database of a subgraph, or to a given URL. */
export async function withDatabase<T>(
  subgraph: string,
  work: (client: pg.Client) => Promise<T>,
  url = databaseUrlOf(subgraph),
): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A pool that counts the statements sent through it, transaction control included. */
export function countingPool(subgraph: string): { pool: pg.Pool; statements: () => string[] } {
  const sent: string[] = [];
  const pool = new pg.Pool({ connectionString: stack().urls.databases[subgraph], max: 5 });
  pool.on("connect", (client) => {
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    const counted = (...args: unknown[]) => {
      const [first] = args;
      sent.push(typeof first === "string" ? first : String((first as { text?: string }).text));
      return query(...args);
    };
    client.query = counted as typeof client.query;
  });
  return { pool, statements: () => sent.splice(0) };
}

/** Waits until a query of a subgraph's database returns this many rows. */
export async function untilRows(
  subgraph: string,
  question: string,
  values: readonly unknown[],
  count: number,
): Promise<void> {
  await withDatabase(subgraph, async (client) => {
    const check = async () => {
      const { rowCount } = await client.query(question, [...values]);
      expect(rowCount, question).toBe(count);
    };
    await vi.waitFor(check, { timeout: 10_000 });
  });
}
