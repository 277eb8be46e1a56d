// The loader of roles for one request.
import type DataLoader from "dataloader";
import { createLoader } from "#kit/data/loaders";
import type { Database } from "../../database.ts";
import type { Role } from "../../generated/prisma/enums.ts";
import { findRoles } from "./store.ts";

export interface RoleLoaders {
  readonly roles: DataLoader<string, Role[]>;
}

export function createRoleLoaders(database: Database): RoleLoaders {
  return {
    roles: createLoader("roles", async (userIds: readonly string[]) => {
      const roles = await findRoles(database, userIds);
      return userIds.map((id) => roles.get(id) ?? []);
    }),
  };
}
