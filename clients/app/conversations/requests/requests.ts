// The message requests that wait for the viewer: one list for the tab, read anew whenever the
// viewer's own log says that one came or went.
import { createObservable } from "@meetinity/client";
import {
  AnswerMessageRequest,
  BlockUser,
  MessageRequests,
  type MessageRequestsQuery,
} from "@meetinity/client/operations";
import { client } from "../../shell/client.ts";
import { onePerViewer } from "../../shell/one-per-viewer.ts";
import { Pages, pageOf } from "../../shell/paged-list.ts";

type Node = MessageRequestsQuery["messageRequests"]["edges"][number]["node"];

export interface Request extends Node {
  /** That of the conversation. */
  readonly id: string;
}

/** `full`: the group has no room any more. */
export type Answered = "joined" | "refused" | "full";

function createRequests(viewerId: string) {
  const count = createObservable(0);
  const pages = new Pages<Request>(async (after) => {
    const { messageRequests } = await client.run(MessageRequests, { after }, { viewerId });
    count.set(messageRequests.totalCount);
    const { items, next } = pageOf(messageRequests);
    return { items: items.map((node) => ({ ...node, id: node.conversationId })), next };
  });
  const gone = (id: string) => {
    pages.remove(id);
    void pages.refresh();
  };
  /** Rejects when that could not be done. */
  async function answer(conversationId: string, given: "ACCEPT" | "REFUSE"): Promise<Answered> {
    const input = { conversationId, answer: given };
    const options = { isSafeToRepeat: true, viewerId };
    const answering = client.run(AnswerMessageRequest, { input }, options);
    const { answerMessageRequest: result } = await answering;
    if (result.__typename !== "AnswerMessageRequestSuccess") return "full";
    gone(conversationId);
    return given === "ACCEPT" ? "joined" : "refused";
  }

  return {
    pages,
    count,
    answer,
    /** Rejects when that could not be done. */
    async blockSender(conversationId: string, userId: string): Promise<void> {
      // Refused first: behind the block there is no request to refuse.
      await answer(conversationId, "REFUSE");
      await client.run(BlockUser, { input: { userId } }, { isSafeToRepeat: true, viewerId });
    },
    /** Follows the viewer's own log while something of this is shown. Returns how to stop. */
    follow(): () => void {
      pages.open();
      return client.streams.inboxEvents({
        next: ({ __typename: type }) => {
          if (type === "MessageRequestChanged" || type === "ConversationAdded")
            void pages.refresh();
        },
        resync: () => void pages.reload(),
      });
    },
  };
}

export const requestsOf = onePerViewer(createRequests);
