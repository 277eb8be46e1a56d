// Where Prisma's command line finds this subgraph's schema, migrations and database.
import { defineConfig } from "prisma/config";

export default defineConfig({
  schema: "prisma",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env.DATABASE_URL_EVENTS ?? "" },
});
