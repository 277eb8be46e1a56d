// A member of a feed without the check of positions: every frame of the feed seems to follow its
// position. For controls that show the damage.
import type { SharedFeed, SharedFrame } from "../../../router/subscriptions/feed.ts";
import type { MemberOptions } from "../../../router/subscriptions/member.ts";

type Member = Parameters<SharedFeed["join"]>[0];

/** Changes the options of a member so that it never sees a gap. */
export function withoutPositionCheck(options: MemberOptions): MemberOptions {
  let at: number | undefined;
  const shown = (frame: SharedFrame): SharedFrame => {
    if (frame.payload === null || frame.position <= (at ?? 0)) return frame;
    const { previous, position } = frame;
    const following = { ...frame, previous: at ?? previous };
    at = position;
    return following;
  };
  return {
    ...options,
    openControl: (position, sink) =>
      options.openControl(position, {
        ...sink,
        event(event) {
          const live = event.extensions?.live as { readonly position?: number } | undefined;
          at = live?.position ?? at;
          sink.event(event);
        },
      }),
    feedOf: (shareKey, position) => hiding(options.feedOf(shareKey, position), shown),
  };
}

function hiding(feed: SharedFeed, shown: (frame: SharedFrame) => SharedFrame): SharedFeed {
  const own = new Map<Member, Member>();
  return {
    get isOpen() {
      return feed.isOpen;
    },
    framesAfter: (position) => (feed.framesAfter(position) ?? []).map(shown),
    join(joined) {
      const checked: Member = {
        receive: (frames) => joined.receive(frames.map(shown)),
        opened: () => joined.opened(0),
        lost: (errors) => joined.lost(errors),
      };
      own.set(joined, checked);
      feed.join(checked);
    },
    leave: (joined) => feed.leave(own.get(joined) ?? joined),
  };
}
