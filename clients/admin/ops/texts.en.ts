// The texts of the running system's figures, for admins.

/** The promises to people, by their names in the figures. */
const promises = {
  "query-availability": "Queries answered",
  "mutation-availability": "Changes answered",
  "sign-in-availability": "Sign-ins answered",
  "subscription-availability": "Live streams opened",
  "query-latency": "Queries in time",
  "mutation-latency": "Changes in time",
  "sign-in-latency": "Sign-ins in time",
  "delivery-lag": "Live events in time",
};

/** A newer server may have others. */
export function isPromise(name: string): name is keyof typeof promises {
  return Object.hasOwn(promises, name);
}

export const ops = {
  title: "Right now",
  lead: "What all processes have done in the last ten seconds, and the last minute as small graphs.",
  late: "No new figures are coming. What you see is out of date.",
  none: "–",
  figures: {
    requests: "Requests per second",
    failures: "Failures per second",
    requestP95: "Answer time (95 %)",
    deliveryP95: "Live delivery (95 %)",
    sockets: "Connections",
    subscriptions: "Live streams",
    dueJobs: "Jobs that wait",
  },
  budgets: {
    title: "Error budgets",
    lead: "How much may still go wrong in 30 days.",
    target: "Promised: {{share}}",
    left: "{{share}} left",
    spent: "Used up",
    unused: "Nothing has happened yet",
  },
  promises,
  services: {
    title: "Services",
    service: "Service",
    processes: "Processes",
    eventLoop: "Longest pause",
    memory: "Memory",
    startedAt: "Started",
    silent_one: "One silent for {{count}} second",
    silent_other: "One silent for {{count}} seconds",
  },
};
