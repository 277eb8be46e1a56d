// An idle transaction with a write, in a database beside those of the subgraphs. It holds back the
// transaction horizon of the whole cluster.
import pg from "pg";
import { createDatabases } from "../../../local/databases.ts";

export interface IdleTransaction {
  /** How long it has been open, by PostgreSQL. Throws if it is not open. */
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
