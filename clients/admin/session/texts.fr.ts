// The French texts of signing in to the portal.
import { session as common } from "@meetinity/ui/session/texts.fr.ts";

export const session = {
  ...common,
  tagline: "Pour les organisateurs, modérateurs et administrateurs de Meetinity.",
  forgot: "Mot de passe oublié ?",
};
