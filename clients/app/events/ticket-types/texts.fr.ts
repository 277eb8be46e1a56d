// The French texts of ticket types.
import type { ticketTypes as english } from "./texts.en.ts";

export const ticketTypes: typeof english = {
  free: "Gratuit",
  price: "{{price}} la place, à payer à l’entrée",
  total: "{{price}} en tout, à payer à l’entrée",
};
