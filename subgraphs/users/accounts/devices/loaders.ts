// Reads pages of a person's sessions, and their devices. It does not check who may read them.
import type DataLoader from "dataloader";
import { createLoader } from "#kit/data/loaders";
import type { Page } from "#kit/data/pagination";
import type { Sealing } from "#kit/trust/sealing";
import type { Database } from "../../database.ts";
import { agentOfSession, idleSince } from "../devices.ts";
import type { Agent } from "./agents.ts";
import { findOpenSessions, listSessions, type SessionPosition } from "./store.ts";

/** A session that has not ended, as its person sees it. */
export interface OpenSession {
  readonly id: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
  readonly device: Agent;
}

export interface SessionLoaders {
  /** A page of a person's open sessions and one more, the last used first. */
  sessions(personId: string, page: Page<SessionPosition>): Promise<OpenSession[]>;
  /** The device of a session; null for one that has ended. */
  readonly deviceOfSession: DataLoader<string, Agent | null>;
}

interface Services {
  readonly database: Database;
  readonly sealing: Sealing;
  now(): Date;
}

export function createSessionLoaders({ database, sealing, now }: Services): SessionLoaders {
  return {
    async sessions(userId, page) {
      const at = now();
      const whose = { userId, now: at, idleLimit: idleSince(at) };
      const rows = await listSessions(database, whose, page);
      return rows.map(({ id, createdAt, lastUsedAt, ...sealed }) => ({
        id,
        createdAt,
        lastUsedAt,
        device: agentOfSession(sealing, userId, sealed),
      }));
    },

    deviceOfSession: createLoader("deviceOfSession", async (ids: readonly string[]) => {
      const rows = await findOpenSessions(database, ids, now());
      const found = new Map(
        rows.map(({ id, userId, ...sealed }) => [id, agentOfSession(sealing, userId, sealed)]),
      );
      return ids.map((id) => found.get(id) ?? null);
    }),
  };
}
