// The French texts of choosing a new password and of signing in by mail.

export const recovery = {
  forgotTitle: "Mot de passe oublié ?",
  forgotLead:
    "Saisissez votre adresse. Nous vous envoyons un lien pour choisir un nouveau mot de passe.",
  sendLink: "Envoyer le lien",
  checkMail: "Consultez vos e-mails",
  resetSent:
    "Si {{email}} a un compte, un lien est en route. Il fonctionne une fois, pendant 30 minutes. Rien reçu ? Regardez dans les indésirables.",
  otherAddress: "Une autre adresse",
  resetTitle: "Choisissez un nouveau mot de passe",
  resetLead: "Tous vos appareils seront déconnectés.",
  chosen: "Nouveau mot de passe",
  set: "Définir le mot de passe",
  resetDone: "Votre mot de passe a été modifié",
  resetDoneLead: "Connectez-vous avec {{email}} et le nouveau mot de passe.",
  linkIncomplete: "Ce lien est incomplet",
  linkIncompleteLead: "Ouvrez encore une fois le lien de l’e-mail, ou demandez-en un nouveau.",
  linkInvalid: "Ce lien ne fonctionne plus",
  linkInvalidLead: "Il a été utilisé, est trop ancien, ou a été remplacé par un plus récent.",
  newLink: "Demander un nouveau lien",
  byMail: "Se connecter par e-mail",
  byMailLead: "Nous vous envoyons un lien et un code. Sans mot de passe.",
  sendMail: "Envoyer l’e-mail",
  mailSent:
    "Si {{email}} a un compte, un e-mail est en route. Ouvrez son lien dans ce navigateur, ou saisissez son code ici. Les deux fonctionnent une fois, pendant dix minutes.",
  code: "Code à six chiffres",
  codeHint: "Il est dans l’e-mail.",
  sendAgain: "Renvoyer",
  sentAgain: "Un autre e-mail est en route. Les deux fonctionnent.",
  withoutMail: "Utiliser votre mot de passe",
  magicLead: "Un clic, et vous y êtes.",
  elsewhere: "Ouvrez ce lien là où vous l’avez demandé",
  elsewhereLead:
    "Vous avez demandé à vous connecter depuis un autre navigateur ou appareil. Ouvrez-y le lien, ou saisissez-y le code de l’e-mail. Ici, il ne fait rien.",
  problems: {
    InvalidMagicLinkProblem: "Ce code a été utilisé, est trop ancien ou a été essayé trop souvent.",
    wrongCode_one: "Ce n’est pas le code. Il reste {{count}} essai.",
    wrongCode_many: "Ce n’est pas le code. Il reste {{count}} d’essais.",
    wrongCode_other: "Ce n’est pas le code. Il reste {{count}} essais.",
    noTries: "Ce n’est pas le code, et il ne reste aucun essai. Demandez un nouvel e-mail.",
    notACode: "Un code a six chiffres.",
  },
};
