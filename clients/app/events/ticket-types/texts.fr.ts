// The French texts of ticket types.
import type { ticketTypes as english } from "./texts.en.ts";

export const ticketTypes: typeof english & Readonly<Record<`${string}_many`, string>> = {
  title: "Billet",
  choose: "Choisissez un billet, s’il vous plaît.",
  free: "Gratuit",
  price: "{{price}} la place, à payer à l’entrée",
  total: "{{price}} en tout, à payer à l’entrée",
  seats_one: "{{count}} place libre",
  seats_many: "{{count}} places libres",
  seats_other: "{{count}} places libres",
  full: "Complet",
  waitlist: "Complet, avec une liste d’attente",
  waiting_one: "{{count}} en attente",
  waiting_many: "{{count}} en attente",
  waiting_other: "{{count}} en attente",
  isFull: "Il ne reste plus de place « {{name}} ».",
  fewerFree_one: "Il ne reste que {{count}} place « {{name}} ».",
  fewerFree_many: "Il ne reste que {{count}} places « {{name}} ».",
  fewerFree_other: "Il ne reste que {{count}} places « {{name}} ».",
  gone: "Ce billet n’existe plus. Choisissez-en un autre, s’il vous plaît.",
  haveCode: "J’ai un code",
  code: "Code secret",
  codeHint: "Certains billets sont réservés aux personnes qui ont un code.",
  apply: "Valider",
  found: "D’autres billets sont proposés.",
  unknownCode: "Aucun billet n’a ce code.",
};
