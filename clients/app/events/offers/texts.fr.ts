// The French texts of offers.
import type { offers as english } from "./texts.en.ts";

export const offers: typeof english & Readonly<Record<`${string}_many`, string>> = {
  title_one: "{{count}} place vous est réservée",
  title_many: "{{count}} places vous sont réservées",
  title_other: "{{count}} places vous sont réservées",
  left: "Il reste {{time}}",
  over: "Le temps est écoulé",
  until:
    "Acceptez jusqu’au {{time}} ; ensuite, les places iront aux suivants de la liste d’attente.",
  accept_one: "Accepter la place",
  accept_many: "Accepter les places",
  accept_other: "Accepter les places",
  decline: "Refuser",
  declineTitle_one: "Refuser la place ?",
  declineTitle_many: "Refuser les places ?",
  declineTitle_other: "Refuser les places ?",
  declineText: "Elles iront aux suivants. Si vous revenez, vous serez en fin de liste d’attente.",
  accepted: "Vous venez.",
  declined: "Vous avez refusé les places.",
  problems: {
    OfferExpiredProblem: "Le temps était écoulé : les places sont allées aux suivants.",
    RegistrationStatusProblem: "Ces places ne vous sont plus proposées.",
    EventEndedProblem: "Cet évènement ne prend plus de réponses.",
  },
};
