// Loads, for one request, the pictures that people have sent. The SDL says who may read them.
import type DataLoader from "dataloader";
import { createLoader } from "#kit/data/loaders";
import type { Database } from "../../database.ts";
import { AVATARS } from "./rules.ts";
import { type AvatarUploadRow, findLastUploads } from "./store.ts";

export interface AvatarLoaders {
  /** The last picture that a person has sent; null for none. */
  readonly avatarUpload: DataLoader<string, AvatarUploadRow | null>;
}

export function createAvatarLoaders(database: Database): AvatarLoaders {
  return {
    avatarUpload: createLoader("avatarUpload", async (ownerIds: readonly string[]) => {
      const rows = await findLastUploads(database, ownerIds, AVATARS);
      const byOwner = new Map(rows.map((row) => [row.ownerId, row]));
      return ownerIds.map((id) => byOwner.get(id) ?? null);
    }),
  };
}
