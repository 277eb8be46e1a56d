// The context of one request. Loaders live as long as the request, or one event of a subscription.
// The batcher of sends, the queue and the marks live as long as the process.

import type { Batcher } from "#kit/data/batcher";
import { createKeyedQueue, type KeyedQueue } from "#kit/data/keyed-queue";
import { onDemand } from "#kit/data/loaders";
import { createLookup } from "#kit/data/lookups";
import type { Live } from "#kit/live/live";
import type { Signals } from "#kit/live/signals";
import type { RequestContext } from "#kit/service/request";
import type { Storage } from "#kit/storage/storage";
import { type AttachmentLoaders, createAttachmentLoaders } from "./attachments/loaders.ts";
import { type ConversationLoaders, createConversationLoaders } from "./conversations/loaders.ts";
import type { Database } from "./database.ts";
import type { EditMinutes } from "./edit-window.ts";
import { createEditLoaders, type EditLoaders } from "./edits/loaders.ts";
import { createEventGroupLoaders, type EventGroupLoaders } from "./event-groups/loaders.ts";
import type { FileLimits } from "./file-limits.ts";
import { createHappeningLoaders, type HappeningLoaders } from "./happenings/loaders.ts";
import { createInboxLoaders, type InboxLoaders } from "./inbox/loaders.ts";
import { createMarks, type Marks } from "./inbox/marks.ts";
import { createInviteLoaders, type InviteLoaders } from "./invites/loaders.ts";
import { createMatchLoaders, type MatchLoaders } from "./matches/loaders.ts";
import { createMemberLoaders, type MemberLoaders } from "./members/loaders.ts";
import { createMentionLoaders, type MentionLoaders } from "./mentions/loaders.ts";
import { createMessageLoaders, type MessageLoaders } from "./messages/loaders.ts";
import { createSendBatcher, type SendVerdict } from "./messages/sending.ts";
import {
  findSharedMessages,
  type MessageRow,
  type NewMessage,
  type SharedMessage,
} from "./messages/store.ts";
import { createPictureLoaders, type PictureLoaders } from "./pictures/loaders.ts";
import { createPinLoaders, type PinLoaders } from "./pins/loaders.ts";
import { createReactionLoaders, type ReactionLoaders } from "./reactions/loaders.ts";
import { createRequestLoaders, type RequestLoaders } from "./requests/loaders.ts";
import { createSettingLoaders, type SettingLoaders } from "./settings/loaders.ts";
import { conversationOfStream } from "./streams.ts";
import { createThreadLoaders, type ThreadLoaders } from "./threads/loaders.ts";
import { createThrottle, type Throttle } from "./typing/throttle.ts";
import {
  authorizeWatchers,
  findWatchStarts,
  type WatchAuthorization,
  type WatchRequest,
  type WatchStart,
} from "./watching/store.ts";

/** Shared by all requests. */
export interface Services {
  readonly database: Database;
  readonly live: Live;
  /** Typing signals between replicas. */
  readonly signals: Signals;
  readonly storage: Storage;
  readonly fileLimits: FileLimits;
  readonly editMinutes: EditMinutes;
}

export interface Context extends RequestContext, Services {
  /** Authorizes a person to watch a conversation; null when it does not exist for them. */
  readonly authorizeWatch: (asking: WatchRequest) => Promise<WatchAuthorization | null>;
  /** Where the audience of a conversation starts to watch it; null when there is none. */
  readonly watchStartOf: (conversationId: string) => Promise<WatchStart | null>;
  /** Queues changes of the same conversation. Sends have their batcher instead. */
  readonly queue: KeyedQueue;
  /** The sends of this process, stored in batches. */
  readonly sends: Batcher<NewMessage, SendVerdict>;
  readonly typing: Throttle;
  /** The acknowledged positions of the inboxes of this process. */
  readonly marks: Marks;
  readonly loaders: ConversationLoaders &
    AttachmentLoaders &
    EventGroupLoaders &
    EditLoaders &
    HappeningLoaders &
    InboxLoaders &
    InviteLoaders &
    MatchLoaders &
    MemberLoaders &
    MentionLoaders &
    MessageLoaders &
    PictureLoaders &
    PinLoaders &
    ReactionLoaders &
    RequestLoaders &
    SettingLoaders &
    ThreadLoaders;
}

/** Makes the contexts of requests over the same services. */
export function contextMaker(services: Services) {
  const { database, live } = services;
  const queue = createKeyedQueue();
  const sends = createSendBatcher(database, live);
  const typing = createThrottle();
  const marks = createMarks(database);
  const authorizeWatch = createLookup("watchers", (asking: readonly WatchRequest[]) =>
    authorizeWatchers(database, asking),
  );
  const watchStartOf = createLookup("watchStarts", (ids: readonly string[]) =>
    findWatchStarts(database, ids),
  );
  const findSharedMessage = createLookup("sharedMessages", (wanted: readonly SharedMessage[]) =>
    findSharedMessages(database, wanted),
  );
  return (request: RequestContext): Context => {
    const loaders = onDemand(() => loadersOf(database, findSharedMessage, request));
    return {
      ...request,
      ...services,
      authorizeWatch,
      watchStartOf,
      queue,
      sends,
      typing,
      marks,
      get loaders() {
        return loaders();
      },
    };
  };
}

/** The loaders of the viewer, or of the audience of one conversation. */
function loadersOf(
  database: Database,
  findSharedMessage: (wanted: SharedMessage) => Promise<MessageRow | null>,
  { viewer, feed }: RequestContext,
): Context["loaders"] {
  const audienceOf = feed === null ? null : conversationOfStream(feed);
  return {
    ...createConversationLoaders(database, viewer, audienceOf),
    ...createAttachmentLoaders(database, viewer),
    ...createEventGroupLoaders(database),
    ...createEditLoaders(database, viewer),
    ...createHappeningLoaders(database, viewer),
    ...createInboxLoaders(database),
    ...createInviteLoaders(database),
    ...createMatchLoaders(database),
    ...createMemberLoaders(database, viewer),
    ...createMentionLoaders(database, viewer),
    ...createMessageLoaders(database, viewer, audienceOf, findSharedMessage),
    ...createPictureLoaders(database),
    ...createPinLoaders(database, viewer),
    ...createReactionLoaders(database, viewer),
    ...createRequestLoaders(database, viewer),
    ...createSettingLoaders(database, viewer),
    ...createThreadLoaders(database, viewer),
  };
}
