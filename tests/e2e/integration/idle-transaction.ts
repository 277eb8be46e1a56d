// A transaction that has written something in a database beside those of the subgraphs, and then
// does nothing: it holds the transaction horizon of the whole cluster back.
import pg from "pg";
import { createDatabases } from "../../../local/databases.ts";

export interface IdleTransaction {
  /** For how long it has been open, as PostgreSQL has it; throws when it is not. */
  heldMs(): Promise<number>;
  close(): Promise<void>;
}

export async function openIdleTransaction(adminUrl: string): Promise<IdleTransaction> {
  const { other } = await createDatabases(adminUrl, ["other"]);
  const [holder, asker] = [new pg.Client(other), new pg.Client(other)];
  await Promise.all([holder.connect(), asker.connect()]);
  await holder.query("create table note (text text)");
  await holder.query("begin");
  await holder.query("insert into note values ('half done')");
  return {
    async heldMs() {
      const { rows } = await asker.query<{ ms: number }>(
        `select (extract(epoch from clock_timestamp() - xact_start) * 1000)::float8 as ms
         from pg_stat_activity
         where datname = current_database() and state = 'idle in transaction'`,
      );
      const [held] = rows;
      if (!held) throw new Error("the transaction is no longer open");
      return held.ms;
    },
    async close() {
      await Promise.all([holder.end(), asker.end()]);
    },
  };
}
