// The refusals of messaging, by the type of the Problem.

export const messagingProblems = {
  refused: {
    AttachmentNotUsableProblem: "A file of this message cannot be sent. Add it again.",
    DirectConversationProblem: "A conversation of two people has no members to change.",
    EditWindowClosedProblem: "This message is too old to be edited.",
    EmailNotVerifiedProblem: "Your email address is not confirmed yet.",
    FileRefusedProblem: "This file is too large, or of a kind that is not taken here.",
    IdempotencyConflictProblem: "This message was already sent with another text.",
    InvalidInviteProblem:
      "This link leads nowhere any more: it has ended, was used up or was revoked, or you were removed from the group.",
    LastOwnerProblem: "A group needs an owner. Make another member one first.",
    MembersHaveLeftProblem_one:
      "{{count}} person left this group. They can only come back by themselves, with an invite link. Nobody was added.",
    MembersHaveLeftProblem_other:
      "{{count}} people left this group. They can only come back by themselves, with an invite link. Nobody was added.",
    MentionNotMemberProblem: "The message mentions somebody who is not in this conversation.",
    MessageDeletedProblem: "This message has been deleted.",
    MessageRequestPendingProblem:
      "Your first message has not been accepted yet. You can write more once it is.",
    NotAllowedProblem: "Your role or the settings of this group do not allow this.",
    NotOwnerProblem: "Only owners and admins may do this.",
    NotSenderProblem: "Only the sender may change this message.",
    RecipientGoneProblem: "This account no longer exists.",
    SelfConversationProblem: "This would be a conversation with yourself.",
    StaleDetailsProblem: "Somebody changed this group in the meantime. Look again before you save.",
    StaleDraftProblem: "This draft was changed on another device in the meantime.",
    StaleVersionProblem: "This message has been changed elsewhere in the meantime.",
    StorageFullProblem:
      "Your files take all the room that you have. Delete messages with files first.",
    TooManyInvitesProblem_one: "A group has {{count}} invite link at most. Revoke it first.",
    TooManyInvitesProblem_other: "A group has {{count}} invite links at most. Revoke one first.",
    TooManyMembersProblem_one: "A group has {{count}} member at most.",
    TooManyMembersProblem_other: "A group has {{count}} members at most.",
    TooManyOwnReactionsProblem_one: "You can give a message {{count}} kind of reaction.",
    TooManyOwnReactionsProblem_other: "You can give a message {{count}} kinds of reactions.",
    TooManyPinsProblem_one: "A conversation has {{count}} pinned message at most.",
    TooManyPinsProblem_other: "A conversation has {{count}} pinned messages at most.",
    TooManyReactionsProblem_one: "A message takes {{count}} kind of reaction at most.",
    TooManyReactionsProblem_other: "A message takes {{count}} kinds of reactions at most.",
    TooManyRequestsProblem_one:
      "{{count}} person whom you wrote to or invited lately has not answered. Wait for an answer first.",
    TooManyRequestsProblem_other:
      "{{count}} people whom you wrote to or invited lately have not answered. Wait for their answers first.",
    TooManyUploadsProblem: "You have begun too many uploads. Finish or cancel some first.",
    UploadEndedProblem: "This upload took too long. Add the file again.",
    UploadIncompleteProblem: "Parts of this file have not arrived yet.",
    other: "That was refused.",
  },
};
