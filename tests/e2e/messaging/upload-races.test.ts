// However many uploads of a person begin at once, at two replicas, their files never take more room
// than one person has.
import { afterAll, expect, test } from "vitest";
import { createAdapter, createPool } from "../../../kit/data/database.ts";
import { newId } from "../../../kit/data/id.ts";
import { type BeginOutcome, beginUpload } from "../../../kit/files/uploads.ts";
import { createLog } from "../../../kit/service/logger.ts";
import { PrismaClient } from "../../../subgraphs/messaging/generated/prisma/client.ts";
import { databaseUrlOf } from "../../kit/database.ts";
import { editing } from "../../kit/edited-sql.ts";
import { messagingFiles } from "../../kit/stack-storage.ts";
import { upTo } from "./harness.ts";

const UPLOADS = 20;
const ROUNDS = 5;
const BYTES_MAX = 1_000;
const log = createLog({ name: "upload-races", level: "error" });
const { storage } = messagingFiles();

/** Each has its pool, as a replica. */
const replicas = [0, 1].map(() => {
  const pool = createPool(databaseUrlOf("messaging"), log);
  return { pool, database: new PrismaClient({ adapter: createAdapter(pool) }) };
});
afterAll(async () => {
  for (const { pool, database } of replicas) {
    await database.$disconnect();
    await pool.end();
  }
  await storage.close();
});

interface Race {
  readonly openUploadsMax: number;
  isGuarded?: boolean;
}

/** Uploads of random sizes of one person that begin at once. */
async function race({ openUploadsMax, isGuarded = true }: Race) {
  const use = { ownerId: newId(), purpose: "attachments", subjectId: newId() };
  const outcomes = await Promise.all(
    upTo(UPLOADS).map(async (n) => {
      const whole = replicas[n % 2]?.database as PrismaClient;
      const database = isGuarded ? whole : editing(whole, "pg_advisory_xact_lock(", "abs(");
      const bytes = Math.ceil(Math.random() * 300);
      const room = { bytesOfPersonMax: BYTES_MAX, openUploadsMax };
      const services = { database, storage, room, now: () => new Date() };
      const facts = { fileName: null, contentType: "text/plain", sha256: "0".repeat(64) };
      const file = { ...facts, bytes };
      return { bytes, outcome: await beginUpload(services, use, file, { document: 300 }) };
    }),
  );
  const begun = outcomes.filter(({ outcome }) => outcome.kind === "begun");
  return { outcomes, count: begun.length, bytes: sum(begun), stored: await storedOf(use.ownerId) };
}

const sum = (files: readonly { bytes: number }[]) =>
  files.reduce((total, { bytes }) => total + bytes, 0);

async function storedOf(ownerId: string) {
  const files = await replicas[0]?.database.file.findMany({ where: { ownerId } });
  return sum(files ?? []);
}

const isFull = (outcome: BeginOutcome, bytes: number) =>
  outcome.kind !== "full" || (outcome.bytesLeft < bytes && outcome.received === bytes);

test("the files of a person never take more room than one has, and what does not fit says so", async () => {
  for (const _ of upTo(ROUNDS)) {
    const { outcomes, bytes, stored } = await race({ openUploadsMax: UPLOADS });
    expect(stored).toBeLessThanOrEqual(BYTES_MAX);
    expect(stored).toBe(bytes);
    expect(outcomes.filter((each) => !isFull(each.outcome, each.bytes))).toEqual([]);
    expect(outcomes.some(({ outcome }) => outcome.kind === "full")).toBe(true);
  }
});

test("no more uploads of a person are open than may be", async () => {
  const { outcomes, count } = await race({ openUploadsMax: 2 });
  expect(count).toBe(2);
  const kinds = new Set(outcomes.map(({ outcome }) => outcome.kind));
  expect([...kinds].sort()).toEqual(["begun", "tooMany"]);
});

test("without the lock on a person's room they take more", async () => {
  let worst = 0;
  for (const _ of upTo(ROUNDS)) {
    const { stored } = await race({ openUploadsMax: UPLOADS, isGuarded: false });
    worst = Math.max(worst, stored);
    if (worst > BYTES_MAX) break;
  }
  expect(worst).toBeGreaterThan(BYTES_MAX);
});
