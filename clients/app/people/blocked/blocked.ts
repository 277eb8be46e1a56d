// The people whom the viewer blocks.
import { BlockedUsers, type BlockedUsersQuery, UnblockUser } from "@meetinity/client/operations";
import { client } from "../../shell/client.ts";
import { onePerViewer } from "../../shell/one-per-viewer.ts";
import { Pages, pageOf } from "../../shell/paged-list.ts";

type Blocked = NonNullable<NonNullable<BlockedUsersQuery["me"]>["blockedUsers"]>;
export type BlockedPerson = Blocked["edges"][number]["node"];

function createBlocked(viewerId: string) {
  const pages = new Pages<BlockedPerson>(async (after) => {
    const { me } = await client.run(BlockedUsers, { after }, { viewerId });
    return me?.blockedUsers ? pageOf(me.blockedUsers) : { items: [], next: null };
  });
  return {
    pages,
    /** Rejects when that could not be done. */
    async unblock(userId: string): Promise<void> {
      await client.run(UnblockUser, { input: { userId } }, { isSafeToRepeat: true, viewerId });
      pages.remove(userId);
    },
  };
}

export const blockedOf = onePerViewer(createBlocked);
