// Finds a text in all columns of all tables of a subgraph's database.
import { withDatabase } from "./database.ts";

interface Column {
  readonly table: string;
  readonly column: string;
  readonly type: string;
}

/** All columns of all tables, except those of the migrations. */
async function columnsOf(subgraph: string): Promise<Column[]> {
  return withDatabase(subgraph, async (client) => {
    const { rows } = await client.query<Column>(
      `select columns.table_name as "table", column_name as "column", udt_name as type
       from information_schema.columns join information_schema.tables
         on tables.table_schema = columns.table_schema and tables.table_name = columns.table_name
       where columns.table_schema = 'public' and table_type = 'BASE TABLE'
         and columns.table_name <> '_prisma_migrations'
       order by columns.table_name, column_name`,
    );
    return rows;
  });
}

/** The columns, as `table.column`, in which the text is, whatever its case. Sorted. */
export async function placesOf(subgraph: string, text: string): Promise<string[]> {
  const columns = await columnsOf(subgraph);
  return withDatabase(subgraph, async (client) => {
    const places: string[] = [];
    for (const { table, column, type } of columns) {
      const found = await client.query(
        `select from "${table}" where strpos(lower(${textOf(`"${column}"`, type)}), lower($1)) > 0
         limit 1`,
        [text],
      );
      if (found.rowCount) places.push(`${table}.${column}`);
    }
    return places.sort();
  });
}

/** Bytes as the text that they may hold; PostgreSQL escapes those that are none. */
function textOf(column: string, type: string): string {
  return type === "bytea" ? `encode(${column}, 'escape')` : `${column}::text`;
}
