// What stands at every place of the contract where a client can put an id or other text: the table
// that a new argument has to be added to, and what is not secret there.
import type { Kind } from "./world.ts";

interface IdArgument {
  /** The kind of thing that is wanted there. */
  readonly wants: Kind;
  /** Kinds of things that anybody signed in may know by their id, there. */
  readonly open?: readonly Kind[];
  /** Any id may be named there: who is not there stays out. */
  readonly takesAnybody?: true;
}

/**
 * Every place for an id, in an order in which the owner of a life can ask them all: what ends a
 * thing comes last.
 */
export const ID_ARGUMENTS: Readonly<Record<string, IdArgument>> = {
  "Query.event(id:)": { wants: "draft", open: ["event"] },
  "EventFilter.organizerId": { wants: "person", open: ["person"] },
  "Query.conversation(id:)": { wants: "group" },
  "Query.user(id:)": { wants: "person", open: ["person"] },
  "Subscription.registrationUpdated(eventId:)": { wants: "draft", open: ["event"] },
  "Subscription.conversationEvents(conversationId:)": { wants: "group" },
  "Subscription.signals(conversationId:)": { wants: "group" },
  "StreamPositionInput.streamId": { wants: "conversationStream" },
  "OpenDirectConversationInput.userId": { wants: "person", open: ["person"] },
  "CreateGroupConversationInput.memberIds": { wants: "person", open: ["person"] },
  "AddMembersInput.userIds": { wants: "person", open: ["person"] },
  "RemoveMemberInput.userId": { wants: "person", takesAnybody: true },
  "AddMembersInput.conversationId": { wants: "group" },
  "SendMessageInput.conversationId": { wants: "group" },
  "SendMessageInput.replyToId": { wants: "message" },
  "SetTypingInput.conversationId": { wants: "group" },
  "MarkReadInput.conversationId": { wants: "group" },
  "AddReactionInput.messageId": { wants: "message" },
  "RemoveReactionInput.messageId": { wants: "message" },
  "UnpinMessageInput.messageId": { wants: "message" },
  "PinMessageInput.messageId": { wants: "message" },
  "EditMessageInput.messageId": { wants: "message" },
  "DeleteMessageInput.messageId": { wants: "message" },
  "RemoveMemberInput.conversationId": { wants: "group" },
  "LeaveConversationInput.conversationId": { wants: "group" },
  "AnswerSuggestionInput.suggestionId": { wants: "suggestion" },
  "CancelRegistrationInput.registrationId": { wants: "registration" },
  "RegisterForEventInput.eventId": { wants: "draft", open: ["event"] },
  "PublishEventInput.eventId": { wants: "draft" },
  "BlockUserInput.userId": { wants: "person", open: ["person"] },
  "UnblockUserInput.userId": { wants: "person", open: ["person"] },
  "GrantRoleInput.userId": { wants: "person" },
  "RevokeRoleInput.userId": { wants: "person" },
};

/** What text is for at a place: only the first two kinds name something that is somebody's. */
type TextArgument = "cursor" | "key" | "secret" | "content";

/** Every place for text. */
export const TEXT_ARGUMENTS: Readonly<Record<string, TextArgument>> = {
  "Conversation.members(after:)": "cursor",
  "Conversation.messages(after:)": "cursor",
  "Conversation.messages(before:)": "cursor",
  "Conversation.pinnedMessages(after:)": "cursor",
  "Event.attendees(after:)": "cursor",
  "Query.conversations(after:)": "cursor",
  "Query.events(after:)": "cursor",
  "Query.matchSuggestions(after:)": "cursor",
  "Query.matches(after:)": "cursor",
  "Query.users(after:)": "cursor",
  "User.blockedUsers(after:)": "cursor",
  "User.registrations(after:)": "cursor",
  "RegisterForEventInput.idempotencyKey": "key",
  "SendMessageInput.clientMessageId": "key",
  "RefreshSessionInput.refreshToken": "secret",
  "SignInInput.email": "secret",
  "SignInInput.password": "secret",
  "SignUpInput.email": "secret",
  "SignUpInput.password": "secret",
  "AddReactionInput.emoji": "content",
  "CreateEventInput.description": "content",
  "CreateEventInput.tags": "content",
  "CreateEventInput.timeZone": "content",
  "CreateEventInput.title": "content",
  "CreateEventInput.venue": "content",
  "CreateGroupConversationInput.title": "content",
  "EditMessageInput.body": "content",
  "EventFilter.search": "content",
  "EventFilter.tags": "content",
  "Query.users(search:)": "content",
  "RemoveReactionInput.emoji": "content",
  "SendMessageInput.body": "content",
  "SignUpInput.displayName": "content",
  "UpdateProfileInput.avatarUrl": "content",
  "UpdateProfileInput.bio": "content",
  "UpdateProfileInput.displayName": "content",
  "UpdateProfileInput.headline": "content",
  "UpdateProfileInput.interests": "content",
  "UpdateProfileInput.languages": "content",
  "UpdateProfileInput.location": "content",
  "UpdateProfileInput.skills": "content",
};
