// Which folder of the router may import which, as a table. It reads no files.

/** The folder of a file of the router; "" for the files directly in `router/`. */
export type RouterRooms = Readonly<Record<string, readonly string[]>>;

/**
 * Each folder of `router/` and the folders that it may import, types included. The files directly
 * in `router/` put everything together: they may import all folders, and no folder imports them.
 */
export const ROUTER_ROOMS: RouterRooms = {
  document: [],
  errors: [],
  limits: [],
  supergraph: [],
  sessions: [],
  clients: ["sessions"],
  origins: [],
  static: [],
  observe: [],
  telemetry: ["limits"],
  upstream: ["telemetry"],
  policy: ["document", "errors", "limits", "supergraph", "telemetry"],
  execution: ["document", "errors", "limits", "policy", "supergraph", "upstream"],
  cookie: ["execution", "origins"],
  plain: ["clients", "policy", "telemetry"],
  graph: ["execution", "limits", "policy", "supergraph", "telemetry", "upstream"],
  subscriptions: [
    "clients",
    "errors",
    "execution",
    "graph",
    "limits",
    "origins",
    "policy",
    "sessions",
    "telemetry",
    "upstream",
  ],
};

/** Why one file of the router may not import another; null when it may. */
export function routerVerdict(from: string, to: string): string | null {
  const [here, there] = [roomOf(from), roomOf(to)];
  if (here === there) return null;
  if (here === "") return ROUTER_ROOMS[there] ? null : noLine(there);
  const allowed = ROUTER_ROOMS[here];
  if (!allowed) return noLine(here);
  return allowed.includes(there) ? null : `router/${here} may not import router/${there}`;
}

function noLine(room: string): string {
  return `router/${room} has no line in the table of the router's folders`;
}

function roomOf(path: string): string {
  const [, room = "", file] = path.split("/");
  return file === undefined ? "" : room;
}

/** A circle of folders in a table, as a path; null when there is none. */
export function circleIn(rooms: RouterRooms): readonly string[] | null {
  const done = new Set<string>();
  const visit = (room: string, path: readonly string[]): readonly string[] | null => {
    if (path.includes(room)) return [...path.slice(path.indexOf(room)), room];
    if (done.has(room)) return null;
    for (const next of rooms[room] ?? []) {
      const circle = visit(next, [...path, room]);
      if (circle) return circle;
    }
    done.add(room);
    return null;
  };
  for (const room of Object.keys(rooms)) {
    const circle = visit(room, []);
    if (circle) return circle;
  }
  return null;
}
