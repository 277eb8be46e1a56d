// The French texts of the list of devices.
import type { Translated } from "@meetinity/ui/i18n/translated.ts";
import type { devices as english } from "./texts.en.ts";

export const devices: Translated<typeof english> = {
  hint: "Là où vous êtes connecté. Déconnectez ce que vous ne reconnaissez pas ou n’utilisez plus, et changez de mot de passe si quelqu’un d’autre peut l’avoir.",
  list: "Appareils connectés",
  browserOnSystem: "{{browser}} sur {{system}}",
  unknown: "Appareil inconnu",
  current: "Cet appareil",
  since: "Connecté le {{date}}",
  activeNow: "Utilisé en ce moment",
  activeLately: "Utilisé au cours des 20 dernières minutes",
  lastUsed: "Dernière utilisation {{ago}}",
  end: "Déconnecter",
  endName: "Déconnecter {{name}}",
  ended: "{{name}} est déconnecté.",
  endOthers: "Déconnecter tous les autres appareils",
  endOthersTitle: "Déconnecter tous les autres appareils ?",
  endOthersText:
    "Vous ne restez connecté que sur cet appareil. Si quelqu’un se reconnecte sur un autre, vous recevrez un e-mail.",
  endedOthers_one: "Un autre appareil est déconnecté.",
  endedOthers_other: "{{count}} autres appareils sont déconnectés.",
  endedOthers_many: "{{count}} d’autres appareils sont déconnectés.",
  more: "Afficher plus",
};
