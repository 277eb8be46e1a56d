// The loaders of people for one request: single people and pages. They do not check who may read
// them.
import type DataLoader from "dataloader";
import { byIdLoader } from "#kit/data/loaders";
import type { Page } from "#kit/data/pagination";
import type { Database } from "../../database.ts";
import {
  findUsers,
  type ListedUser,
  listUsers,
  type UserListing,
  type UserPosition,
  type UserRow,
} from "./store.ts";

export interface UserLoaders {
  /** A person by id; null for an unknown id. */
  readonly user: DataLoader<string, UserRow | null>;
  /** A page of people and one more, by name. */
  users(listing: UserListing, page: Page<UserPosition>): Promise<ListedUser[]>;
}

export function createUserLoaders(database: Database): UserLoaders {
  return {
    user: byIdLoader("user", (ids) => findUsers(database, ids)),
    users: (listing, page) => listUsers(database, listing, page),
  };
}
