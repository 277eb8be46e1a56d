// The viewer's sessions, and how they end: at once on the screen, and back if the server refuses.
import { createObservable } from "@meetinity/client";
import {
  EndOtherSessions,
  EndSession,
  Sessions as ReadSessions,
  type SessionsQuery,
} from "@meetinity/client/operations";
import { client } from "../../shell/client.ts";
import { onePerViewer } from "../../shell/one-per-viewer.ts";
import { Pages, pageOf } from "../../shell/paged-list.ts";

type Page = NonNullable<NonNullable<SessionsQuery["me"]>["sessions"]>;
export type DeviceSession = Page["edges"][number]["node"];

export type Sessions = ReturnType<typeof createSessions>;

function createSessions(viewerId: string) {
  const pages = new Pages<DeviceSession>(async (after) => {
    const { me } = await client.run(ReadSessions, { after }, { viewerId });
    return me?.sessions ? pageOf(me.sessions) : { items: [], next: null };
  });
  const options = { isSafeToRepeat: true, viewerId };
  const ending = createObservable<ReadonlySet<string>>(new Set());
  /** The list is without these sessions while they are ended, and after that. */
  async function without<Answer>(ids: readonly string[], end: () => Promise<Answer>) {
    ending.set(new Set([...ending.getSnapshot(), ...ids]));
    try {
      const answer = await end();
      for (const id of ids) pages.remove(id);
      return answer;
    } finally {
      ending.set(new Set([...ending.getSnapshot()].filter((id) => !ids.includes(id))));
    }
  }
  return {
    pages,
    /** The ids of those that are on their way out. */
    ending,
    /** Rejects when that could not be done; then it is in the list again. */
    async endSession(sessionId: string): Promise<void> {
      const input = { sessionId };
      await without([sessionId], () => client.run(EndSession, { input }, options));
    },
    /** Ends all but the viewer's own. Returns how many there were. */
    async endOthers(): Promise<number> {
      const { items } = pages.state.getSnapshot();
      const others = items.flatMap(({ id, isCurrent }) => (isCurrent ? [] : [id]));
      const { endOtherSessions } = await without(others, () =>
        client.run(EndOtherSessions, {}, options),
      );
      await pages.reload();
      return endOtherSessions.endedCount;
    },
  };
}

export const sessionsOf = onePerViewer(createSessions);
