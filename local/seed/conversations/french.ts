// Demo conversations in French, of two people and of a group. Data only.
import type { ConversationPlan } from "./plan.ts";

export const french: readonly ConversationPlan[] = [
  {
    title: null,
    people: ["camille", "ada"],
    messages: [
      {
        sender: "camille",
        sentences: [
          "Bonjour Ada ! Vous passez par Lyon la semaine prochaine ?",
          "Il y a l'apéro GraphQL jeudi, et je vous garde une place au bord de l'eau.",
        ],
      },
      {
        sender: "ada",
        sentences: ["Avec grand plaisir. J'arrive par le train de 16 h."],
        reactions: { "🎉": ["camille"] },
      },
      {
        sender: "camille",
        sentences: [
          "Parfait. Une question en attendant, un peu longue, vous répondrez quand vous voudrez.",
          "Nous avons douze équipes et un seul schéma. Chaque équipe ajoute des champs,",
          "personne n'en retire, et la revue prend maintenant plus de temps que le code.",
          "J'hésite entre deux remèdes : des responsables par domaine, ou une règle automatique",
          "qui compte qui lit encore quoi. Le premier me semble humain, le second, honnête.",
        ],
      },
      {
        sender: "ada",
        sentences: [
          "Les deux, dans cet ordre. La règle donne des faits, mais il faut quelqu'un",
          "qui ait le droit de dire non, et qui prenne le temps d'expliquer pourquoi.",
        ],
        replyTo: 2,
      },
      { sender: "camille", sentences: ["C'est noté, merci beaucoup."] },
      {
        sender: "camille",
        sentences: [
          "Et si vous avez encore de l'énergie mardi : l'atelier accessibilité, même ville !",
        ],
      },
    ],
    unread: { ada: 2 },
  },
  {
    title: null,
    people: ["hugo", "camille"],
    messages: [
      { sender: "hugo", sentences: ["Tu as vu la page de la métropole ? Illisible au clavier."] },
      {
        sender: "camille",
        sentences: ["On la prend pour l'atelier de mardi. Tu apportes le café ?"],
        replyTo: 0,
        reactions: { "👍": ["hugo"] },
      },
      { sender: "hugo", sentences: ["Deux thermos. 70 % de chances qu'il soit bon."] },
    ],
    unread: { camille: 1 },
  },
  {
    title: "Atelier accessibilité : l'équipe",
    people: ["camille", "ada", "chloe", "soizic", "isabelle"],
    messages: [
      {
        sender: "camille",
        sentences: [
          "Bienvenue à toutes ! Le but de mardi : une page, une heure, trois obstacles en moins.",
          "Qui veut tenir quel rôle ?",
        ],
      },
      {
        sender: "isabelle",
        sentences: ["Je peux tester au lecteur d'écran, à distance, depuis Montréal."],
        replyTo: 0,
        reactions: { "❤️": ["camille", "soizic"] },
      },
      {
        sender: "soizic",
        sentences: ["Moi, je prends les notes et je dessine avant / après."],
        editedTo: ["Moi, je prends les notes, et je dessine l'avant et l'après."],
      },
      {
        sender: "chloe",
        sentences: [
          "J'apporte deux boutons de notre bibliothèque : un bon, un mauvais.",
          "À vous de deviner lequel est en production…",
        ],
        reactions: { "😄": ["ada", "camille", "isabelle"] },
      },
      { sender: "ada", sentences: ["Les deux ?"], replyTo: 3, reactions: { "😄": ["chloe"] } },
      { sender: "chloe", sentences: ["Sans commentaire."] },
      {
        sender: "isabelle",
        sentences: ["La salle a une boucle magnétique, j'ai vérifié auprès de l'accueil."],
        reactions: { "🙌": ["camille"] },
      },
    ],
    unread: { ada: 2, soizic: 1 },
  },
  {
    title: null,
    people: ["nadia", "eloise"],
    messages: [
      {
        sender: "nadia",
        sentences: [
          "Bonjour Éloïse, merci pour votre question d'hier sur la marge par tournée.",
          "Voici la réponse courte : 4,20 € par colis, 61 colis par jour et par vélo.",
        ],
      },
      {
        sender: "eloise",
        sentences: ["Et la réponse longue ? J'aime les longues."],
        reactions: { "😄": ["nadia"] },
      },
    ],
    unread: { nadia: 1 },
  },
];
