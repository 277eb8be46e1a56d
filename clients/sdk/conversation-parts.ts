// The parts of a conversation's state, put together.
import type { ConversationState } from "./conversation-state.ts";
import type { Drafts } from "./drafts.ts";
import { History } from "./history.ts";
import type { Kept } from "./kept.ts";
import { ConversationKeeping } from "./kept-conversation.ts";
import { MemberList } from "./members.ts";
import { MessageChanges } from "./message-changes.ts";
import type { Outbox } from "./outbox.ts";
import { followOwnLog } from "./own-log.ts";
import { OwnView } from "./own-view.ts";
import type { Clock } from "./platform.ts";
import { Quotes } from "./quotes.ts";
import type { ReadMarks } from "./read-marks.ts";
import { Reading } from "./reading.ts";
import type { Run } from "./requests.ts";
import type { Session } from "./session.ts";
import type { Streams } from "./subscriptions.ts";
import { Thread } from "./thread.ts";
import { OwnTyping, Typing } from "./typing.ts";

export interface PartsOptions {
  readonly conversationId: string;
  readonly streams: Streams;
  readonly run: Run;
  readonly session: Session;
  readonly outbox: Outbox;
  readonly readMarks: ReadMarks;
  readonly drafts: Drafts;
  readonly kept: Kept;
  readonly clock: Clock;
  readonly random: () => number;
}

export interface ConversationParts {
  readonly history: History;
  readonly changes: MessageChanges;
  readonly reading: Reading;
  readonly quotes: Quotes;
  readonly members: MemberList;
  readonly typing: Typing;
  readonly ownTyping: OwnTyping;
  readonly keeping: ConversationKeeping;
  /** The thread that is open; null when none is. */
  readonly thread: () => Thread | null;
  /** Opens a thread instead of the one that is open. */
  readonly openThread: (rootId: string) => Thread;
  /** Follows the viewer's own log, until it says that events are lost. Returns how to stop. */
  readonly followOwnLog: (resync: () => void) => () => void;
  readonly close: () => void;
}

/** `show` is called after each change of a part, with what no part keeps. */
export function createParts(
  options: PartsOptions,
  show: (change: Partial<ConversationState>) => void,
): ConversationParts {
  const onChange = () => show({});
  const { outbox } = options;
  const view = viewOf(outbox);
  const history: History = new History({
    ...options,
    view,
    onPage(page) {
      reading.counted(page);
      options.drafts.learned(options.conversationId, page.draft);
      for (const { node } of page.messages.edges) outbox.arrived(node.clientMessageId);
      onChange();
    },
  });
  const timeline = () => history.timeline;
  const reading = new Reading({ ...options, timeline, onChange });
  let thread: Thread | null = null;
  const onThread = marksOf({ history, thread: () => thread, onChange });
  const changes = new MessageChanges({
    run: options.run,
    messages: () => [...history.timeline.messages, ...(thread?.messages ?? [])],
    onChange,
    onText(text) {
      history.accepted(text);
      thread?.accepted(text);
    },
  });
  const quotes = new Quotes({
    ...options,
    sees: view.sees,
    onQuote(quote) {
      history.quoted(quote);
      thread?.quoted(quote);
      onChange();
    },
  });
  const members = new MemberList({ ...options, onChange: show });
  const typing = new Typing(options.clock, (userIds) => show({ typing: userIds }));
  const ownTyping = new OwnTyping(options);
  const openThread = (rootId: string) => {
    thread?.close();
    const findQuote: Quotes["find"] = (id, messages) => quotes.find(id, messages);
    const own = { view, changes, findQuote, onRead: onThread.onThreadRead };
    thread = new Thread({ ...options, ...own, rootId });
    return thread;
  };
  const ownLog = { ...options, ...onThread, view, history, reading, onChange };
  const close = () => {
    thread?.close();
    for (const part of [reading, quotes, members, typing]) part.close();
  };
  const keeping = new ConversationKeeping({ ...options, history });
  return {
    ...{ history, changes, reading, quotes, members, typing, ownTyping, keeping, close },
    ...{ openThread, thread: () => thread },
    followOwnLog: (resync) => followOwnLog(ownLog, resync),
  };
}

interface Marked {
  readonly history: History;
  readonly thread: () => Thread | null;
  readonly onChange: () => void;
}

/** Hears what the viewer has read and follows. */
function marksOf({ history, thread, onChange }: Marked) {
  return {
    onThreadRead(rootId: string, seq: number) {
      history.threadRead(rootId, seq);
      onChange();
    },
    onThreadFollowed(rootId: string, isFollowing: boolean) {
      history.threadFollowed(rootId, isFollowing);
      const open = thread();
      if (open?.rootId === rootId) open.followed(isFollowing);
      onChange();
    },
  };
}

function viewOf(outbox: Outbox): OwnView {
  // A message that is hidden is not on its way any more, even if it was sent a moment ago.
  return new OwnView(({ clientMessageId: id }) => {
    if (outbox.getSnapshot().some((each) => each.clientMessageId === id)) outbox.discard(id);
  });
}
