// A conversation as it is kept: the page that would be read now, made of what is here.
import type { ConversationState } from "./conversation-state.ts";
import { ConversationPage as ConversationPageOperation } from "./generated/operations.ts";
import type { Happening } from "./happenings.ts";
import { type History, LATEST } from "./history.ts";
import type { Kept } from "./kept.ts";
import type { ConversationPage } from "./messages.ts";
import type { ConversationEvent } from "./subscriptions.ts";

/** Of a long conversation the latest messages are kept. */
const KEPT_MAX = 100;

interface KeepingOptions {
  readonly conversationId: string;
  readonly kept: Kept;
  readonly history: History;
}

/** The state of the conversation, without its messages. */
type Shown = Pick<
  ConversationState,
  "status" | "members" | "readSeq" | "unreadCount" | "unreadMentions" | "nextMentionSeq"
>;

export class ConversationKeeping {
  readonly #options: KeepingOptions;
  /** The page that was read last. */
  #page: ConversationPage | null = null;
  /** The position up to which the messages are complete. */
  #lastSeq = 0;

  constructor(options: KeepingOptions) {
    this.#options = options;
  }

  began(page: ConversationPage): void {
    this.#page = page;
    this.#lastSeq = page.lastSeq;
  }

  received({ seq }: ConversationEvent): void {
    this.#lastSeq = Math.max(this.#lastSeq, seq);
  }

  /** Keeps what is shown, a moment later and once for many changes. */
  shown(state: Shown): void {
    const { kept, conversationId: id } = this.#options;
    if (state.status !== "ready") return;
    kept.keepSoon(ConversationPageOperation, { id, ...LATEST }, () => {
      const conversation = this.#pageNow(state);
      return conversation && { conversation };
    });
  }

  /** Null for a stretch in the middle: it does not end with the latest messages. */
  #pageNow({ members, ...reading }: Shown): ConversationPage | null {
    const { history } = this.#options;
    const { messages, happenings, earlierCursor, laterCursor } = history.timeline;
    const page = this.#page;
    if (!page || laterCursor !== null) return null;
    const cut = cutOf(messages.map(({ id }) => history.cursorOf(id)));
    const edges = messages.slice(cut).map((node) => {
      return { __typename: "MessageEdge", node, cursor: history.cursorOf(node.id) ?? "" } as const;
    });
    const [first] = edges;
    const pageInfo = {
      ...page.messages.pageInfo,
      hasPreviousPage: cut > 0 || earlierCursor !== null,
      startCursor: (cut > 0 ? first?.cursor : earlierCursor) ?? null,
      hasNextPage: false,
    };
    const isKept = ({ seq }: Happening) => cut === 0 || seq > (first?.node.seq ?? 0);
    return {
      ...page,
      ...{ readSeq: reading.readSeq, unreadCount: reading.unreadCount },
      ...{ unreadMentions: reading.unreadMentions, firstUnreadMentionSeq: reading.nextMentionSeq },
      ...{ lastSeq: this.#lastSeq, unreadCountSeq: this.#lastSeq },
      members: { ...page.members, edges: members },
      messages: {
        ...page.messages,
        ...{ edges, pageInfo },
        happenings: happenings.filter(isKept),
        omittedHappenings: 0,
      },
    };
  }
}

/** Where the kept part begins: at a message whose cursor is known, so that it can go on before. */
function cutOf(cursors: readonly (string | undefined)[]): number {
  const earliest = cursors.length - KEPT_MAX;
  if (earliest <= 0) return 0;
  return Math.max(
    0,
    cursors.findIndex((cursor, at) => at >= earliest && cursor !== undefined),
  );
}
