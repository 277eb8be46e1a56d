// What one request reads of people: single ones in batches, and pages of all. It does not judge who
// may read them.
import type DataLoader from "dataloader";
import { byIdLoader } from "#kit/data/loaders";
import type { Page } from "#kit/data/pagination";
import type { Database } from "../database.ts";
import {
  findUsers,
  type ListedUser,
  listUsers,
  type UserListing,
  type UserPosition,
  type UserRow,
} from "./store.ts";

export interface UserLoaders {
  /** A person by id; null for an unknown one. */
  readonly user: DataLoader<string, UserRow | null>;
  /** One person more than the page holds, by name. */
  users(listing: UserListing, page: Page<UserPosition>): Promise<ListedUser[]>;
}

export function createUserLoaders(database: Database): UserLoaders {
  return {
    user: byIdLoader((ids) => findUsers(database, ids)),
    users: (listing, page) => listUsers(database, listing, page),
  };
}
