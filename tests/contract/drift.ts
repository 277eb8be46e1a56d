// Compares a database with a Prisma schema, in process: Prisma's own engine as WebAssembly over a
// catalogue reader of ours. It sees tables, columns, enums, keys and plain indexes. What it cannot
// see (checks, partial indexes, triggers, …) is in catalogue.ts.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import {
  bindMigrationAwareSqlAdapterFactory,
  type ColumnType,
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlQuery,
} from "@prisma/driver-adapter-utils";
import * as engine from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";

/** PostgreSQL's type numbers of the catalogue's columns, in the names of the engine. */
const COLUMN_TYPES: Readonly<Record<number, ColumnType>> = {
  16: ColumnTypeEnum.Boolean,
  18: ColumnTypeEnum.Character,
  20: ColumnTypeEnum.Int64,
  21: ColumnTypeEnum.Int32,
  23: ColumnTypeEnum.Int32,
  26: ColumnTypeEnum.Int64,
  1000: ColumnTypeEnum.BooleanArray,
  1002: ColumnTypeEnum.CharacterArray,
  1003: ColumnTypeEnum.TextArray,
  1005: ColumnTypeEnum.Int32Array,
  1007: ColumnTypeEnum.Int32Array,
  1009: ColumnTypeEnum.TextArray,
  1015: ColumnTypeEnum.TextArray,
};

/** The SQL that changes the database to the schema. Null if they are equal. */
export async function drift(databaseUrl: string, schema: string): Promise<string | null> {
  await startEngine();
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    return await compare(catalogueReader(client), schema);
  } finally {
    await client.end();
  }
}

async function compare(reader: SqlDriverAdapter, schema: string): Promise<string | null> {
  const path = "schema.prisma";
  const files = [{ path, content: schema }];
  const comparison = await engine.SchemaEngine.new(
    { datamodels: [[path, schema]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory({
      provider: reader.provider,
      adapterName: reader.adapterName,
      connect: async () => reader,
      connectToShadowDb: () => Promise.reject(new Error("a comparison needs no shadow database")),
    }),
  );
  const { exitCode, stdout } = await comparison.diff({
    from: { tag: "schemaDatasource", files, configDir: "." },
    to: { tag: "schemaDatamodel", files },
    script: true,
    exitCode: true,
    filters: { externalTables: [], externalEnums: [] },
  });
  return exitCode === 0 ? null : (stdout ?? "");
}

/** Reads the catalogue for Prisma. Its own driver refuses types that only the catalogue uses. */
function catalogueReader(client: pg.Client): SqlDriverAdapter {
  return {
    provider: "postgres",
    adapterName: "catalogue",
    queryRaw: async ({ sql, args }: SqlQuery) => {
      const result = await client.query({ text: sql, values: args, rowMode: "array" });
      return {
        columnNames: result.fields.map(({ name }) => name),
        columnTypes: result.fields.map(
          ({ dataTypeID }) => COLUMN_TYPES[dataTypeID] ?? ColumnTypeEnum.Text,
        ),
        rows: result.rows,
      };
    },
    executeRaw: async ({ sql, args }) => (await client.query(sql, args)).rowCount ?? 0,
    executeScript: async (script) => {
      await client.query(script);
    },
    startTransaction: () => Promise.reject(new Error("a comparison needs no transaction")),
    getConnectionInfo: () => ({ schemaName: "public", supportsRelationJoins: true }),
    dispose: async () => undefined,
  };
}

/**
 * The part of WebAssembly's interface that is used; Node has it, but its types do not without those
 * of a browser.
 */
interface Wasm {
  instantiate(
    bytes: Uint8Array,
    imports: object,
  ): Promise<{ instance: { exports: { __wbindgen_start(): void } } }>;
}

let started: Promise<void> | undefined;

function startEngine(): Promise<void> {
  started ??= (async () => {
    const file = createRequire(import.meta.url).resolve(
      "@prisma/schema-engine-wasm/schema_engine_bg",
    );
    const bytes = readFileSync(file.replace(/\.js$/, ".wasm"));
    const { WebAssembly } = globalThis as unknown as { WebAssembly: Wasm };
    const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": engine });
    engine.__wbg_set_wasm(instance.exports);
    instance.exports.__wbindgen_start();
  })();
  return started;
}
