// The tables of all arguments and input fields that take an id or other text, with what they expect
// and what is not secret there. A new argument must be added here.
import type { Kind } from "./world.ts";

interface IdArgument {
  /** The expected kind of thing. */
  readonly wants: Kind;
  /** Kinds of things that every signed-in person may know by this argument. */
  readonly open?: readonly Kind[];
  /** Accepts any person's id. Unknown people are left out. */
  readonly takesAnybody?: true;
}

/**
 * Every argument for an id. Operations that end a thing come last, so that the owner can try all.
 */
export const ID_ARGUMENTS: Readonly<Record<string, IdArgument>> = {
  "Query.event(id:)": { wants: "draft", open: ["event"] },
  "EventFilter.organizerId": { wants: "person", open: ["person"] },
  "Query.conversation(id:)": { wants: "group" },
  "Query.message(id:)": { wants: "message" },
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
  "ReinstateUserInput.userId": { wants: "person" },
  "SuspendUserInput.userId": { wants: "person" },
  "VerifyUserInput.userId": { wants: "person" },
  "UnverifyUserInput.userId": { wants: "person" },
  "SettleNameReviewInput.reviewId": { wants: "nameReview" },
  "GrantRoleInput.userId": { wants: "person" },
  "RevokeRoleInput.userId": { wants: "person" },
  "RetryUsersFailedJobInput.id": { wants: "usersFailedJob" },
  "RetryEventsFailedJobInput.id": { wants: "eventsFailedJob" },
  "RetryMatchingFailedJobInput.id": { wants: "matchingFailedJob" },
  "RetryMessagingFailedJobInput.id": { wants: "messagingFailedJob" },
  "EndSessionInput.sessionId": { wants: "session" },
};

/**
 * The purpose of a text. Only cursors and keys refer to something of a person: lists for admins are
 * nobody's own.
 */
type TextArgument = "cursor" | "adminCursor" | "key" | "secret" | "content";

/** Every argument for text. */
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
  "User.sessions(after:)": "cursor",
  "Query.nameReviews(after:)": "adminCursor",
  "Query.erasures(after:)": "adminCursor",
  "Query.suspendedUsers(after:)": "adminCursor",
  "Query.usersFailedJobs(after:)": "adminCursor",
  "Query.eventsFailedJobs(after:)": "adminCursor",
  "Query.matchingFailedJobs(after:)": "adminCursor",
  "Query.messagingFailedJobs(after:)": "adminCursor",
  "RegisterForEventInput.idempotencyKey": "key",
  "SendMessageInput.clientMessageId": "key",
  "DeleteAccountInput.password": "secret",
  "RequestMagicLinkInput.email": "secret",
  "RequestMagicLinkInput.attempt": "secret",
  "SignInWithMagicLinkInput.token": "secret",
  "SignInWithMagicLinkInput.attempt": "secret",
  "SignInWithMagicLinkInput.deviceToken": "secret",
  "SignInWithMagicCodeInput.code": "secret",
  "SignInWithMagicCodeInput.attempt": "secret",
  "SignInWithMagicCodeInput.deviceToken": "secret",
  "ChangePasswordInput.currentPassword": "secret",
  "ChangePasswordInput.newPassword": "secret",
  "RequestPasswordResetInput.email": "secret",
  "ResetPasswordInput.token": "secret",
  "ResetPasswordInput.password": "secret",
  "ReauthenticateInput.password": "secret",
  "ReauthenticateInput.code": "secret",
  "RefreshSessionInput.refreshToken": "secret",
  "ChangeEmailInput.newEmail": "secret",
  "UndoEmailChangeInput.token": "secret",
  "VerifyEmailInput.token": "secret",
  "VerifyEmailByCodeInput.code": "secret",
  "SignInInput.deviceToken": "secret",
  "SignInInput.email": "secret",
  "SignInInput.password": "secret",
  "SignUpInput.deviceToken": "secret",
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
  "SuspendUserInput.reason": "content",
  "UpdateProfileInput.avatarUrl": "content",
  "UpdateProfileInput.bio": "content",
  "UpdateProfileInput.displayName": "content",
  "UpdateProfileInput.headline": "content",
  "UpdateProfileInput.interests": "content",
  "UpdateProfileInput.languages": "content",
  "UpdateProfileInput.location": "content",
  "UpdateProfileInput.skills": "content",
};
