// The French texts of who sees the viewer.

export const privacy = {
  who: "Qui voit quoi",
  profile:
    "Votre profil est visible des personnes connectées. Les moteurs de recherche ne le trouvent pas.",
  email: "Votre adresse e-mail n’est visible que de vous et des administrateurs.",
  blocks: "Les personnes que vous bloquez ne vous trouvent plus, et ne l’apprennent pas.",
  events: "À vos évènements",
  eventsHint:
    "Les hôtes voient toujours qui est inscrit. Les autres invités vous voient dans la liste, ou non :",
  none: "Vous n’êtes inscrit à aucun évènement à venir.",
};
