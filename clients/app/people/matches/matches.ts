// The viewer's matches: one list for the tab, to which new ones come by themselves while a screen
// shows people.
import { createObservable } from "@meetinity/client";
import { Matches, type MatchesQuery } from "@meetinity/client/operations";
import { client } from "../../shell/client.ts";
import { onePerViewer } from "../../shell/one-per-viewer.ts";
import { Pages, pageOf } from "../../shell/paged-list.ts";

type Node = MatchesQuery["matches"]["edges"][number]["node"];

export interface Match {
  readonly id: string;
  readonly createdAt: string;
  readonly other: Node["users"][number];
  /** Null until it is opened, which takes a moment. */
  readonly conversationId: string | null;
}

interface NewMatches {
  /** Until it is told. */
  readonly latest: Match | null;
  /** Since the list was looked at. */
  readonly count: number;
}

const NONE: NewMatches = { latest: null, count: 0 };

/** The viewer is first; an account that no longer exists is not there. */
function matchOf({ id, createdAt, users: [, other] }: Omit<Node, "conversation">) {
  return other ? { id, createdAt, other } : null;
}

function createMatches(viewerId: string) {
  const news = createObservable(NONE);
  let position: number | null = null;
  let screens = 0;
  let close = () => {};
  const pages: Pages<Match> = new Pages(async (after) => {
    const { matches } = await client.run(Matches, { after }, { viewerId });
    if (after === null) {
      position = matches.seq;
      if (screens > 0) follow(matches.seq);
    }
    const { items, next } = pageOf(matches);
    const shown = items.flatMap((node) => {
      const match = matchOf(node);
      return match ? [{ ...match, conversationId: node.conversation?.id ?? null }] : [];
    });
    return { items: shown, next };
  });

  function follow(after: number): void {
    close();
    close = client.streams.matches(
      {
        next({ seq, match: node }) {
          position = seq;
          const found = matchOf(node);
          const { items } = pages.state.getSnapshot();
          if (!found || items.some(({ id }) => id === found.id)) return;
          const match = { ...found, conversationId: null };
          pages.add(match);
          news.set({ latest: match, count: news.getSnapshot().count + 1 });
        },
        resync: () => void pages.reload(),
      },
      after,
    );
  }

  return {
    pages,
    news,
    /** For a screen that shows people. Returns what to do when it goes. */
    open(): () => void {
      screens += 1;
      if (screens === 1 && position !== null) follow(position);
      pages.open();
      return () => {
        screens -= 1;
        if (screens === 0) close();
      };
    },
    /** The latest match is told. */
    tell: () => news.set({ ...news.getSnapshot(), latest: null }),
    /** The list is looked at. */
    see: () => news.set(NONE),
  };
}

export const matchesOf = onePerViewer(createMatches);
