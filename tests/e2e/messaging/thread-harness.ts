// Reads threads through the API, and counts them anew in the database.
import { operation } from "../../../schema/operations.ts";
import { dataOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import type { TokenHolder } from "../../kit/stories.ts";
import { type Result, type SentMessage, send } from "./harness.ts";

export interface ThreadRoot extends SentMessage {
  readonly thread: {
    readonly replyCount: number;
    readonly lastReplySeq: number;
    readonly isFollowing: boolean;
    readonly readSeq: number;
    readonly unreadCount: number;
    readonly participants: readonly { readonly id: string }[];
    readonly messages: {
      readonly edges: readonly { readonly cursor: string; readonly node: SentMessage }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly hasPreviousPage: boolean };
    };
  } | null;
}

const withoutNames = operation("ThreadPage").replaceAll(/(?:displayName|headline)\b/g, "");

/** A message with a page of its thread; null for those who may not see it. */
export async function readThread(
  reader: Pick<TokenHolder, "token">,
  id: string,
  paging: object = {},
): Promise<ThreadRoot | null> {
  const data = await dataOf<{ message: ThreadRoot | null }>(
    withoutNames,
    { id, ...paging },
    { as: reader.token },
  );
  return data.message;
}

export const repliesOf = (root: ThreadRoot | null) =>
  root?.thread?.messages.edges.map(({ node }) => node.body);

export const reply = (
  sender: Pick<TokenHolder, "token">,
  group: string,
  threadRootId: string,
  body = "reply",
  router = 0,
): Promise<Result> => send(sender, group, body, { threadRootId }, router);

/** The threads of a conversation as they are stored, and counted anew. */
export async function threadCounts(conversationId: string, url?: string) {
  const text = `select thread.reply_count = count(reply.id) filter (where reply.deleted_at is null)
      and thread.last_reply_seq = max(reply.seq) and thread.last_reply_at = max(reply.created_at)
      as "isRight", count(reply.id)::int as replies
    from message as root
    join message as reply on reply.thread_root_id = root.id
    left join thread on thread.root_id = root.id
    where root.conversation_id = $1 group by root.id, thread.root_id`;
  return withDatabase(
    "messaging",
    async (client) => {
      const { rows } = await client.query<{ isRight: boolean; replies: number }>(text, [
        conversationId,
      ]);
      return rows;
    },
    url,
  );
}
