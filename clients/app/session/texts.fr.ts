// The French texts of signing up and in.
import { session as common } from "@meetinity/ui/session/texts.fr.ts";

export const session = {
  ...common,
  signUp: "Créer un compte",
  createAccount: "Créer le compte",
  name: "Nom",
  nameHint: "Tel que les autres le verront.",
  passwordHint: "Au moins 8 caractères.",
  forgot: "Mot de passe oublié ?",
  byMail: "Se connecter par e-mail",
  noAccount: "Nouveau ici ?",
  hasAccount: "Vous avez déjà un compte ?",
  tagline: "Rencontrez du monde aux événements, et continuez la conversation.",
  problems: {
    ...common.problems,
    EmailTakenProblem: "Cette adresse a déjà un compte.",
    ReservedNameProblem: "Ce nom est réservé. Utilisez votre propre nom.",
  },
};
