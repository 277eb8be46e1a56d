// Reads every row of every table that contains the id of some things. Tables of integration events
// are left out, because they change by themselves.
import { subgraphNames } from "../../../local/project.ts";
import { withDatabase } from "../../kit/database.ts";

const CARRIERS = ["outbox", "outbox_head", "consumer_position", "dead_letter"];

/** Rows by table, each as its hash, so that a difference names the table. */
export type Rows = Readonly<Record<string, readonly string[]>>;

/** Every row with one of the ids, in all databases. */
export async function rowsAbout(ids: readonly string[]): Promise<Rows> {
  const perSubgraph = await Promise.all(subgraphNames().map((name) => rowsIn(name, ids)));
  return Object.fromEntries(perSubgraph.flat());
}

async function rowsIn(subgraph: string, ids: readonly string[]) {
  return withDatabase(subgraph, async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      `select table_name as name from information_schema.tables
       where table_schema = 'public' and table_type = 'BASE TABLE'
         and table_name <> all($1) and table_name not like '\\_%' order by 1`,
      [CARRIERS],
    );
    const found: [string, string[]][] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<{ hash: string }>(
        `select md5(t::text) as hash from "${name}" as t where t::text ~ $1 order by 1`,
        [ids.join("|")],
      );
      found.push([`${subgraph}.${name}`, rows.map(({ hash }) => hash)]);
    }
    return found;
  });
}
