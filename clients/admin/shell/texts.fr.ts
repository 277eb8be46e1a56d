// The French texts that every page of the portal has.
import { shell as common } from "@meetinity/ui/shell/texts.fr.ts";

export const shell = {
  ...common,
  portal: "Portail",
  navigation: "Portail",
  areas: { events: "Événements", people: "Personnes", operations: "Exploitation" },
  places: {
    events: "Événements",
    people: "Personnes",
    suspended: "Suspendues",
    names: "Noms à vérifier",
    live: "En ce moment",
    jobs: "Tâches en échec",
    erasures: "Effacements",
  },
  offline: "Vous êtes hors ligne. Ce que vous voyez n’est peut-être plus à jour.",
  notYours: "Ceci n’est pas pour votre compte",
  notYoursHint:
    "Le portail est destiné aux personnes qui organisent des événements ou qui veillent sur Meetinity. Si vous devriez en être, demandez le rôle à un administrateur.",
  toApp: "Vers l’application",
  toStart: "Vers la première page",
  secondFactorTitle: "Votre rôle exige la connexion en deux étapes",
  secondFactorLead:
    "Activez-la dans l’application, qui s’ouvre à côté de cette page. Vous continuerez ensuite ici. D’ici là, votre rôle ne compte pas.",
  later: "Plus tard",
  secondFactorMissing: "Votre rôle ne compte qu’avec la connexion en deux étapes.",
  turnItOn: "L’activer dans l’application",
  more: "Afficher la suite",
  end: "C’est tout.",
};
