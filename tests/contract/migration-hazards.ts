// Finds statements of a migration that harm the running release: locks that stop its writes,
// rewrites and scans of whole tables, and removed names that it uses. It parses SQL with
// PostgreSQL's own parser, and runs none.
import { parse } from "libpg-query";

/** A node of a syntax tree: its only key is the kind of the node, and the value has the fields. */
type Node = Readonly<Record<string, unknown>>;

/**
 * The hazards of one migration: the statement, and what is wrong. On a table that the migration
 * creates, everything is allowed: it is empty, and the previous release does not use it.
 */
export async function hazardsOf(sql: string): Promise<string[]> {
  const { stmts = [] } = (await parse(sql)) as { readonly stmts?: readonly { stmt: Node }[] };
  const statements = stmts.map(({ stmt }) => stmt);
  const created = new Set(
    statements.map((each) => fieldsOf(each, "CreateStmt")).map((fields) => tableOf(fields)),
  );
  return statements.flatMap((statement) => {
    const [kind = ""] = Object.keys(statement);
    const fields = fieldsOf(statement, kind);
    const table = tableOf(fields);
    return table !== "" && created.has(table) ? [] : (JUDGES[kind]?.(fields, table) ?? []);
  });
}

type Judge = (fields: Node, table: string) => readonly string[];

const JUDGES: Readonly<Record<string, Judge>> = {
  IndexStmt({ concurrent, idxname }, table) {
    if (concurrent) return [];
    return [`CREATE INDEX ${idxname}: blocks writes to ${table}; use CONCURRENTLY`];
  },
  AlterTableStmt({ cmds }, table) {
    return nodesIn(cmds, "AlterTableCmd").flatMap((command) => hazardsOfAlter(command, table));
  },
  DropStmt({ removeType, concurrent, objects }) {
    const name = namesIn(objects);
    if (removeType === "OBJECT_TABLE") return [`DROP TABLE ${name}: the previous release uses it`];
    if (removeType !== "OBJECT_INDEX" || concurrent) return [];
    return [`DROP INDEX ${name}: waits for all transactions and blocks new ones; use CONCURRENTLY`];
  },
  RenameStmt({ renameType, subname, newname }, table) {
    const isName = renameType === "OBJECT_TABLE" || renameType === "OBJECT_COLUMN";
    const old = [table, subname].filter(Boolean).join(".");
    return isName ? [`RENAME ${old} TO ${newname}: the previous release uses the old name`] : [];
  },
  UpdateStmt: (_, table) => [`UPDATE ${table}: its rows stay locked until the migration ends`],
  DeleteStmt: (_, table) => [`DELETE FROM ${table}: the previous release uses its rows`],
  TruncateStmt: ({ relations }) => [`TRUNCATE ${namesIn(relations)}: blocks reads and writes`],
  LockStmt: ({ relations }) => [`LOCK ${namesIn(relations)}: the previous release waits for it`],
  ClusterStmt: (_, table) => [`CLUSTER ${table}: blocks reads and writes during the rewrite`],
};

function hazardsOfAlter({ subtype, name, def }: Node, table: string): string[] {
  const column = `${table}.${name}`;
  if (subtype === "AT_AddColumn") return hazardsOfColumn(fieldsOf(def, "ColumnDef"), table);
  if (subtype === "AT_AddConstraint") {
    return hazardsOfConstraint(fieldsOf(def, "Constraint"), table);
  }
  if (subtype === "AT_AlterColumnType") return [`TYPE OF ${column}: blocks reads and writes`];
  if (subtype === "AT_SetNotNull") return [`NOT NULL ON ${column}: scans while reads are blocked`];
  if (subtype === "AT_DropColumn") return [`DROP COLUMN ${column}: the previous release uses it`];
  return [];
}

/** A default with the same value for all rows is stored once. Any other rewrites the table. */
const STABLE = ["now", "statement_timestamp", "transaction_timestamp"];

function hazardsOfColumn({ colname, constraints }: Node, table: string): string[] {
  const column = `${table}.${colname}`;
  const all = nodesIn(constraints, "Constraint");
  const ofKind = (kind: string) => all.find(({ contype }) => contype === kind);
  const standard = ofKind("CONSTR_DEFAULT");
  const calls = [
    ...JSON.stringify(standard ?? null).matchAll(/"funcname":\[\{"String":\{"sval":"(\w+)"/g),
  ];
  const hazards: string[] = [];
  if (ofKind("CONSTR_NOTNULL") && !standard) {
    hazards.push(`ADD COLUMN ${column} NOT NULL: the previous release inserts rows without it`);
  }
  if (calls.some(([, call = ""]) => !STABLE.includes(call)) || ofKind("CONSTR_GENERATED")) {
    hazards.push(`ADD COLUMN ${column}: computed for each row while reads and writes are blocked`);
  }
  return [...hazards, ...all.flatMap((constraint) => hazardsOfConstraint(constraint, table))];
}

function hazardsOfConstraint(constraint: Node, table: string): string[] {
  const { contype, conname = "", skip_validation: isUnvalidated, indexname } = constraint;
  const name = `${table} ${conname}`.trim();
  if (contype === "CONSTR_CHECK" || contype === "CONSTR_FOREIGN") {
    return isUnvalidated ? [] : [`CONSTRAINT ON ${name}: scans under a lock; use NOT VALID first`];
  }
  const needsIndex = ["CONSTR_UNIQUE", "CONSTR_PRIMARY", "CONSTR_EXCLUSION"].includes(`${contype}`);
  if (!needsIndex || indexname) return [];
  return [
    `CONSTRAINT ON ${name}: builds an index under a lock; build it CONCURRENTLY, USING INDEX`,
  ];
}

function fieldsOf(node: unknown, kind: string): Node {
  return ((node as Node | undefined)?.[kind] ?? {}) as Node;
}

function nodesIn(list: unknown, kind: string): Node[] {
  return ((list ?? []) as readonly Node[]).map((node) => fieldsOf(node, kind));
}

function tableOf({ relation }: Node): string {
  return String((relation as Node | undefined)?.relname ?? "");
}

/** The names in a list of relations or of dropped objects. */
function namesIn(list: unknown): string {
  const found = JSON.stringify(list ?? []).matchAll(/"(?:sval|relname)":"([^"]+)"/g);
  return [...found].map(([, name]) => name).join(", ");
}
