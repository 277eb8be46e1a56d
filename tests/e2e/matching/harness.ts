// The matching subgraph in the test's process, over its own database. Tests apply integration
// events by the functions that consumers call, set the clock, and count statements.
import { PrismaPg } from "@prisma/adapter-pg";
import { type ExecutionResult, execute, parse } from "graphql";
import pg from "pg";
import { inTransaction } from "../../../kit/data/database.ts";
import { newId } from "../../../kit/data/id.ts";
import { createLog } from "../../../kit/service/logger.ts";
import { requestContext } from "../../../kit/service/request.ts";
import { subgraphSchema } from "../../../kit/service/subgraph.ts";
import type { Identity } from "../../../kit/trust/identity.ts";
import { resolvers as attending } from "../../../subgraphs/matching/attending/resolvers.ts";
import { type Context, contextMaker } from "../../../subgraphs/matching/context.ts";
import type { Transaction } from "../../../subgraphs/matching/database.ts";
import { PrismaClient } from "../../../subgraphs/matching/generated/prisma/client.ts";
import { resolvers as matches } from "../../../subgraphs/matching/matches/resolvers.ts";
import { applyProfile } from "../../../subgraphs/matching/people/apply.ts";
import type { ProfileFact } from "../../../subgraphs/matching/people/store.ts";
import { resolvers as suggestions } from "../../../subgraphs/matching/suggestions/resolvers.ts";
import { resolvers as topics } from "../../../subgraphs/matching/topics/resolvers.ts";
import { openLive } from "../../kit/live.ts";
import { openOwnDatabase } from "../../kit/own-database.ts";

const CONNECTIONS_MAX = 10;
const log = createLog({ name: "matching", level: "silent" });
const schema = subgraphSchema("matching", [suggestions, matches, attending, topics]);

export interface Matching {
  /** Runs SQL in the database of this harness. */
  sql<Row>(text: string, values?: unknown[]): Promise<Row[]>;
  /** Runs `work` in a transaction, as a consumer does. */
  tell<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Applies the profile of a new person. Missing fields are empty. */
  person(profile?: Partial<ProfileFact>): Promise<string>;
  /** The context of a request of this person, or of an anonymous one. */
  context(personId: string | null, now?: Date): Context;
  /** The answer to an operation of this person. */
  ask<Data>(
    personId: string | null,
    query: string,
    variables?: object,
    now?: Date,
  ): Promise<ExecutionResult<Data>>;
  /** The statements sent since the last call, without transaction control. */
  statements(): string[];
  close(): Promise<void>;
}

/** Opens an empty schema with the tables of matching, and the subgraph over it. */
export async function openMatching(): Promise<Matching> {
  const { pool, database, drop } = await openDatabase();
  const sent: string[] = [];
  database.$on("query", ({ query }) => sent.push(query));
  const { live, closeLive } = openLive(database, log);
  const contextOf = contextMaker(database, live);
  const context = (personId: string | null, now?: Date) =>
    contextOf(requestContext(identityOf(personId), "0", log, () => now ?? new Date()));
  const tell = <T>(work: (tx: Transaction) => Promise<T>) => inTransaction(database, work);
  return {
    tell,
    context,
    async sql<Row>(text: string, values: unknown[] = []) {
      return (await pool.query(text, values)).rows as Row[];
    },
    async person(profile = {}) {
      const fact = { ...emptyProfile(newId()), ...profile };
      await tell((tx) => applyProfile(tx, fact));
      return fact.personId;
    },
    async ask<Data>(personId: string | null, query: string, variables = {}, now?: Date) {
      const result = await execute({
        schema,
        document: parse(query),
        variableValues: { ...variables },
        contextValue: context(personId, now),
      });
      return result as ExecutionResult<Data>;
    },
    statements: () => sent.splice(0).filter((sql) => !/^(BEGIN|COMMIT|ROLLBACK|SET)/i.test(sql)),
    async close() {
      await closeLive();
      await drop();
    },
  };
}

export function emptyProfile(personId: string): ProfileFact {
  const nothing = { skills: [], interests: [], intents: [], languages: [], location: null };
  return { personId, version: 1, ...nothing };
}

function identityOf(personId: string | null): Identity {
  if (personId === null) return { kind: "anonymous" };
  const viewer = { id: personId, sessionId: "", roles: [], scopes: ["verified"] };
  return { kind: "viewer", viewer: { ...viewer, expiresAt: Date.now() + 3_600_000 } };
}

async function openDatabase() {
  const own = await openOwnDatabase("matching");
  const pool = new pg.Pool({ connectionString: own.url, max: CONNECTIONS_MAX });
  const database = new PrismaClient({
    adapter: new PrismaPg(pool),
    log: [{ emit: "event", level: "query" }],
  });
  const drop = async () => {
    await database.$disconnect();
    await pool.end();
    await own.drop();
  };
  return { pool, database, drop };
}
