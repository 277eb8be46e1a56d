// The French texts of the running system's figures, for admins.

export const ops = {
  title: "En ce moment",
  lead: "Ce que tous les processus ont fait ces dix dernières secondes, et la dernière minute en petits graphiques.",
  late: "Aucun nouveau chiffre n’arrive. Ce que vous voyez n’est plus à jour.",
  none: "–",
  figures: {
    requests: "Requêtes par seconde",
    failures: "Échecs par seconde",
    requestP95: "Temps de réponse (95\u00a0%)",
    deliveryP95: "Livraison en direct (95\u00a0%)",
    sockets: "Connexions",
    subscriptions: "Flux en direct",
    dueJobs: "Tâches en attente",
  },
  budgets: {
    title: "Budgets d’erreur",
    lead: "Ce qui peut encore mal tourner sur 30 jours.",
    target: "Promis\u00a0: {{share}}",
    left: "Reste {{share}}",
    unused: "Rien ne s’est encore passé",
  },
  promises: {
    "query-availability": "Lectures abouties",
    "mutation-availability": "Modifications abouties",
    "sign-in-availability": "Connexions abouties",
    "subscription-availability": "Flux en direct ouverts",
    "query-latency": "Lectures à temps",
    "mutation-latency": "Modifications à temps",
    "sign-in-latency": "Connexions à temps",
    "delivery-lag": "Événements en direct à temps",
  },
  processes: {
    title: "Processus",
    service: "Service",
    eventLoop: "Plus longue pause",
    memory: "Mémoire",
    startedAt: "Démarré",
    silent_one: "Muet depuis {{count}} seconde",
    silent_many: "Muet depuis {{count}} de secondes",
    silent_other: "Muet depuis {{count}} secondes",
  },
};
