// The French texts of the refusals of messaging.

export const messagingProblems = {
  refused: {
    AttachmentNotUsableProblem:
      "Un fichier de ce message ne peut pas être envoyé. Ajoutez-le de nouveau.",
    DirectConversationProblem: "Une conversation à deux n’a pas de membres à changer.",
    EditWindowClosedProblem: "Ce message est trop ancien pour être modifié.",
    EmailNotVerifiedProblem: "Votre adresse e-mail n’est pas encore confirmée.",
    FileRefusedProblem: "Ce fichier est trop volumineux, ou d’un type qui n’est pas accepté ici.",
    IdempotencyConflictProblem: "Ce message a déjà été envoyé avec un autre texte.",
    InvalidInviteProblem:
      "Ce lien ne mène plus nulle part : il a expiré, il est épuisé ou révoqué, ou bien vous avez été retiré·e du groupe.",
    LastOwnerProblem: "Un groupe a besoin d’un propriétaire. Nommez d’abord un autre membre.",
    MembersHaveLeftProblem_one:
      "{{count}} personne a quitté ce groupe. Elle ne peut revenir que d’elle-même, par un lien d’invitation. Personne n’a été ajouté.",
    MembersHaveLeftProblem_many:
      "{{count}} personnes ont quitté ce groupe. Elles ne peuvent revenir que d’elles-mêmes, par un lien d’invitation. Personne n’a été ajouté.",
    MembersHaveLeftProblem_other:
      "{{count}} personnes ont quitté ce groupe. Elles ne peuvent revenir que d’elles-mêmes, par un lien d’invitation. Personne n’a été ajouté.",
    MentionNotMemberProblem:
      "Le message mentionne une personne qui n’est pas dans cette conversation.",
    MessageDeletedProblem: "Ce message a été supprimé.",
    MessageRequestPendingProblem:
      "Votre premier message n’a pas encore été accepté. Vous pourrez continuer dès qu’il le sera.",
    NotAllowedProblem: "Votre rôle ou les réglages de ce groupe ne le permettent pas.",
    NotOwnerProblem: "Seuls les propriétaires et les admins peuvent le faire.",
    NotSenderProblem: "Seul l’expéditeur peut modifier ce message.",
    RecipientGoneProblem: "Ce compte n’existe plus.",
    SelfConversationProblem: "Ce serait une conversation avec vous-même.",
    StaleDetailsProblem:
      "Quelqu’un a modifié ce groupe entre-temps. Regardez encore une fois avant d’enregistrer.",
    StaleDraftProblem: "Ce brouillon a été modifié entre-temps sur un autre appareil.",
    StaleVersionProblem: "Ce message a été modifié ailleurs entre-temps.",
    StorageFullProblem:
      "Vos fichiers occupent toute la place dont vous disposez. Supprimez d’abord des messages avec fichiers.",
    TooManyInvitesProblem_one:
      "Un groupe a au plus {{count}} lien d’invitation. Révoquez-le d’abord.",
    TooManyInvitesProblem_many:
      "Un groupe a au plus {{count}} liens d’invitation. Révoquez-en un d’abord.",
    TooManyInvitesProblem_other:
      "Un groupe a au plus {{count}} liens d’invitation. Révoquez-en un d’abord.",
    TooManyMembersProblem_one: "Un groupe a au plus {{count}} membre.",
    TooManyMembersProblem_many: "Un groupe a au plus {{count}} membres.",
    TooManyMembersProblem_other: "Un groupe a au plus {{count}} membres.",
    TooManyOwnReactionsProblem_one: "Vous pouvez donner à un message {{count}} sorte de réaction.",
    TooManyOwnReactionsProblem_many:
      "Vous pouvez donner à un message {{count}} sortes de réactions.",
    TooManyOwnReactionsProblem_other:
      "Vous pouvez donner à un message {{count}} sortes de réactions.",
    TooManyPinsProblem_one: "Une conversation a au plus {{count}} message épinglé.",
    TooManyPinsProblem_many: "Une conversation a au plus {{count}} messages épinglés.",
    TooManyPinsProblem_other: "Une conversation a au plus {{count}} messages épinglés.",
    TooManyReactionsProblem_one: "Un message accepte au plus {{count}} sorte de réaction.",
    TooManyReactionsProblem_many: "Un message accepte au plus {{count}} sortes de réactions.",
    TooManyReactionsProblem_other: "Un message accepte au plus {{count}} sortes de réactions.",
    TooManyRequestsProblem_one:
      "{{count}} personne à qui vous avez écrit ou que vous avez invitée récemment n’a pas répondu. Attendez d’abord une réponse.",
    TooManyRequestsProblem_many:
      "{{count}} personnes à qui vous avez écrit ou que vous avez invitées récemment n’ont pas répondu. Attendez d’abord leurs réponses.",
    TooManyRequestsProblem_other:
      "{{count}} personnes à qui vous avez écrit ou que vous avez invitées récemment n’ont pas répondu. Attendez d’abord leurs réponses.",
    TooManyUploadsProblem: "Vous avez commencé trop d’envois. Terminez-en ou annulez-en d’abord.",
    UploadEndedProblem: "Cet envoi a pris trop de temps. Ajoutez le fichier de nouveau.",
    UploadIncompleteProblem: "Des parties de ce fichier ne sont pas encore arrivées.",
    other: "Cela a été refusé.",
  },
};
