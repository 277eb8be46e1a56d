// The committed migrations of each subgraph give exactly its Prisma schema, plus the reviewed
// objects that Prisma cannot express (tests/contract/catalogue/<name>.txt).
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { subgraphNames } from "#kit/service/sdl";
import { createDatabases } from "../../local/databases.ts";
import { migrate } from "../../local/migrate.ts";
import { type Postgres, startPostgres } from "../../local/postgres.ts";
import { prismaSchemaIn } from "../../schema/prisma.ts";
import { catalogue } from "./catalogue.ts";
import { drift } from "./drift.ts";
import { projectFile } from "./project.ts";

const subgraphs = subgraphsWithDatabase();
let dataDir: string;
let postgres: Postgres;
let urls: Record<string, string>;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "meetinity-migrations-"));
  postgres = await startPostgres({ dataDir, isDurable: false });
  urls = await createDatabases(postgres.adminUrl, subgraphs);
  for (const name of subgraphs) {
    await migrate({
      name,
      databaseUrl: urlOf(name),
      directory: projectFile(`subgraphs/${name}/prisma/migrations`),
    });
  }
});

afterAll(async () => {
  await postgres?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

describe.each(subgraphs)("the database of %s", (name) => {
  it("equals the Prisma schema", async () => {
    expect(await drift(urlOf(name), schemaOf(name)), howToMigrate(name)).toBeNull();
  });

  it("has, besides what Prisma can express, only what was reviewed", async () => {
    const found = await catalogue(urlOf(name));
    await expect(found).toMatchFileSnapshot(`./catalogue/${name}.txt`);
  });
});

describe("the comparison", () => {
  const [name = ""] = subgraphs;

  it("reports a column that no migration makes", async () => {
    const altered = schemaOf(name).replace(/^model \w+ \{$/m, "$&\n  forgotten String?");
    expect(await drift(urlOf(name), altered)).toMatch(/ADD COLUMN +"forgotten" TEXT/);
  });

  it("reports a column that only a migration makes", async () => {
    const column = /^ {2}createdAt .*\n/m;
    expect(schemaOf(name)).toMatch(column);
    expect(await drift(urlOf(name), schemaOf(name).replace(column, ""))).toMatch(/DROP COLUMN/);
  });
});

function subgraphsWithDatabase(): string[] {
  return subgraphNames().filter((name) =>
    existsSync(projectFile(`subgraphs/${name}/prisma/schema.prisma`)),
  );
}

function schemaOf(name: string): string {
  return prismaSchemaIn(projectFile(`subgraphs/${name}/prisma`)) ?? "";
}

function urlOf(name: string): string {
  const url = urls[name];
  if (!url) throw new Error(`No database for ${name}`);
  return url;
}

function howToMigrate(name: string): string {
  return `subgraphs/${name}/prisma and its migrations differ: add a migration with the SQL below`;
}
