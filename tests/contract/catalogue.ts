// Lists the database objects that Prisma's schema language cannot express, as text to review:
// checks, exclusions, partial and expression indexes, triggers, functions, partitions, extensions.
import pg from "pg";

const CATALOGUE = `/* tests.contract.catalogue */
WITH own AS (SELECT oid FROM pg_namespace WHERE nspname = 'public'),
of_extensions AS (SELECT objid FROM pg_depend WHERE deptype = 'e'),
found (kind, line) AS (
  SELECT 'check or exclusion', format('%s: %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
  FROM pg_constraint
  WHERE contype IN ('c', 'x') AND connamespace IN (TABLE own) AND conrelid <> 0
  UNION ALL
  SELECT 'partial or expression index', pg_get_indexdef(indexrelid)
  FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
  WHERE relnamespace IN (TABLE own) AND (indpred IS NOT NULL OR indexprs IS NOT NULL)
  UNION ALL
  SELECT 'trigger', pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
  UNION ALL
  SELECT 'function', pg_get_functiondef(oid)
  FROM pg_proc
  WHERE pronamespace IN (TABLE own) AND prokind IN ('f', 'p') AND oid NOT IN (TABLE of_extensions)
  UNION ALL
  SELECT 'partition', format('%s of %s %s', oid::regclass, inhparent::regclass, pg_get_expr(relpartbound, oid))
  FROM pg_class JOIN pg_inherits ON inhrelid = oid
  WHERE relispartition AND relkind IN ('r', 'p')
  UNION ALL
  SELECT 'partitioned table', format('%s by %s', partrelid::regclass, pg_get_partkeydef(partrelid))
  FROM pg_partitioned_table
  UNION ALL
  SELECT 'generated column', format('%s.%s = %s', adrelid::regclass, attname, pg_get_expr(adbin, adrelid))
  FROM pg_attrdef JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum
  WHERE attgenerated <> ''
  UNION ALL
  SELECT 'view', format('%s: %s', oid::regclass, pg_get_viewdef(oid))
  FROM pg_class
  WHERE relkind IN ('v', 'm') AND relnamespace IN (TABLE own) AND oid NOT IN (TABLE of_extensions)
  UNION ALL
  SELECT 'extension', extname FROM pg_extension WHERE extname <> 'plpgsql'
)
SELECT format('%s  %s', kind, line) AS line FROM found ORDER BY kind COLLATE "C", found.line COLLATE "C"`;

/**
 * One line (or more, for functions and views) for each such object, sorted; every run of it gives
 * equal text.
 */
export async function catalogue(databaseUrl: string): Promise<string> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    const { rows } = await client.query<{ line: string }>(CATALOGUE);
    return rows.map(({ line }) => `${line}\n`).join("");
  } finally {
    await client.end();
  }
}
