// The loader of e-mail addresses for one request.
import DataLoader from "dataloader";
import type { Database } from "../../database.ts";
import { findEmails } from "./store.ts";

export interface EmailLoaders {
  /** The e-mail address of a person; null when they have none. */
  readonly email: DataLoader<string, string | null>;
}

export function createEmailLoaders(database: Database): EmailLoaders {
  return {
    email: new DataLoader(async (userIds: readonly string[]) => {
      const emails = await findEmails(database, userIds);
      return userIds.map((id) => emails.get(id) ?? null);
    }),
  };
}
