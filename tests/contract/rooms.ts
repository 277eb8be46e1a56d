// The table of allowed imports between kinds of files, and the verdict on one import. It reads no
// files.
import { posix } from "node:path";
import { appVerdict } from "./app-rooms.ts";
import { routerVerdict } from "./router-rooms.ts";

/**
 * A kind of file. Inside a subgraph: the feature's files by name, `piece` for any other; beside the
 * features `shared`.
 */
export type Room =
  | "resolvers"
  | "actions"
  | "rules"
  | "store"
  | "loaders"
  | "jobs"
  | "routes"
  | "piece"
  | "shared"
  | "main"
  | "test"
  | "prisma"
  | "prisma enums"
  | "resolver types"
  | "package"
  | "kit"
  | "schema"
  | "router"
  | "local"
  | "ops"
  | "sdk"
  | "ui"
  | "app"
  | "admin"
  | "stories"
  | "workshop";

interface Permissions {
  /** Rooms of the same feature, and rooms outside features, whose values may be imported. */
  readonly values: readonly Room[];
  /** Rooms of other features of the same subgraph whose values may be imported. */
  readonly ofOtherFeatures?: readonly Room[];
}

const FEATURE_ROOMS = [
  "resolvers",
  "actions",
  "rules",
  "store",
  "loaders",
  "jobs",
  "routes",
] as const;
const INSIDE: readonly Room[] = [...FEATURE_ROOMS, "piece", "shared"];
const COMMON = ["kit", "shared", "package"] as const;

/**
 * The table. Types may come from anywhere in the same subgraph and from the kit, with two
 * exceptions below; what is not a type only from the rooms named here, and from the same room of
 * the same feature.
 */
const TABLE: Readonly<Record<Room, Permissions>> = {
  resolvers: { values: ["actions", "loaders", "piece", ...COMMON] },
  actions: { values: ["rules", "store", "piece", ...COMMON], ofOtherFeatures: ["store"] },
  rules: { values: [] },
  store: { values: ["prisma", "prisma enums", "kit", "package"] },
  loaders: { values: ["rules", "store", "piece", ...COMMON], ofOtherFeatures: ["store"] },
  jobs: { values: ["actions", "rules", "store", "piece", ...COMMON], ofOtherFeatures: ["store"] },
  routes: { values: ["actions", "loaders", "piece", ...COMMON] },
  piece: { values: ["rules", "store", "piece", ...COMMON] },
  shared: {
    values: ["prisma", "prisma enums", ...COMMON],
    ofOtherFeatures: INSIDE.filter((r) => r !== "resolvers"),
  },
  main: { values: ["prisma", ...COMMON], ofOtherFeatures: INSIDE },
  test: {
    values: ["prisma", "test", ...INSIDE, "kit", "package"],
    ofOtherFeatures: ["store", "rules"],
  },
  prisma: { values: [] },
  "prisma enums": { values: [] },
  "resolver types": { values: [] },
  package: { values: [] },
  kit: { values: ["kit", "prisma", "package"] },
  schema: { values: ["schema", "kit", "package"] },
  router: { values: ["router", "kit", "ops", "package"] },
  sdk: { values: ["sdk", "package"] },
  ui: { values: ["ui", "package"] },
  app: { values: ["app", "package"] },
  admin: { values: ["admin", "package"] },
  stories: { values: ["stories", "app", "ui", "sdk", "schema", "package"] },
  local: { values: ["local", "ops", "schema", "kit", "prisma", "package"] },
  ops: { values: ["ops", "package"] },
  workshop: {
    values: ["workshop", "local", "ops", "schema", "router", "kit", "prisma", "package", ...INSIDE],
  },
};

/**
 * Generated types that only some rooms may name: Prisma's stop at the store (but for enums),
 * GraphQL's at the resolvers.
 */
const TYPES_FOR: Partial<Record<Room, readonly Room[]>> = {
  prisma: ["store", "shared", "main", "test"],
  "resolver types": ["resolvers", "test"],
};

/** The workspaces of `clients/`. Others' files are packages for them. */
const CLIENTS = ["sdk", "ui", "app", "admin", "stories"] as const satisfies readonly Room[];

const isAnApp = (room: Room) => room === "app" || room === "admin";

/** Folders of a subgraph that hold features: `subgraphs/users/people/profiles/`. */
const AREAS: readonly string[] = ["accounts", "door", "notices", "people", "planning", "seats"];

/**
 * Files of an area, beside its stores, that other areas may import: what must happen in one
 * transaction with their changes.
 */
const MEETINGS: readonly string[] = [
  "subgraphs/events/door/leaving.ts",
  "subgraphs/events/seats/at-door.ts",
  "subgraphs/events/seats/entries.ts",
  "subgraphs/events/seats/noticing.ts",
  "subgraphs/events/seats/sweep.ts",
];

/** Pieces of SQL, without statements, from which other stores of the subgraph build theirs. */
const FRAGMENTS: readonly string[] = ["subgraphs/messaging/views/store.ts"];

/** The kind of a file. `subgraph`, `area` and `feature` are empty outside of them. */
export interface ModuleKind {
  readonly room: Room;
  readonly subgraph: string;
  readonly area: string;
  readonly feature: string;
}

export interface Import {
  readonly from: string;
  readonly specifier: string;
  readonly isType: boolean;
}

/** Why an import is not allowed; null when it is. */
export function verdict({ from, specifier, isType }: Import): string | null {
  const here = moduleKindOf(from);
  const there = targetOf(from, specifier);
  if (here.room === "workshop") return null;
  if (here.room === "router" && there.room === "router") {
    return routerVerdict(from, posix.join(posix.dirname(from), specifier));
  }
  if (here.room === there.room && isAnApp(here.room)) {
    return appVerdict(from, posix.join(posix.dirname(from), specifier));
  }
  if (there.subgraph && there.subgraph !== here.subgraph) {
    return here.subgraph
      ? `${here.subgraph} may not import another subgraph`
      : `${here.room} may not import a subgraph`;
  }
  if (isType && here.subgraph) {
    if (there.room === "kit" || there.room === "package") return null;
    const allowed = TYPES_FOR[there.room];
    if (there.subgraph || there.room === "prisma") {
      if (!allowed || allowed.includes(here.room)) return null;
      return `${here.room} may not name ${there.room}; only ${allowed.join(", ")} may`;
    }
  }
  if (here.area && there.area && there.area !== here.area && there.room !== "store") {
    const isMeeting = MEETINGS.includes(posix.join(posix.dirname(from), specifier));
    if (here.room !== "test" && !isMeeting)
      return `${here.area} may import only stores of ${there.area}`;
  }
  if (here.room === "store" && FRAGMENTS.includes(posix.join(posix.dirname(from), specifier))) {
    return null;
  }
  const isSameFeature =
    !there.feature || (there.feature === here.feature && there.area === here.area);
  const { values, ofOtherFeatures = [] } = TABLE[here.room];
  if (isSameFeature && there.feature && there.room === here.room) return null;
  if ((isSameFeature ? values : ofOtherFeatures).includes(there.room)) return null;
  const whose = isSameFeature ? "" : "another feature's ";
  return `${here.room} may not import ${whose}${there.room}${isType ? " (types)" : ""}`;
}

/** The kind of a file, by its path relative to the project. */
function moduleKindOf(path: string): ModuleKind {
  const [top = "", subgraph = "", ...rest] = path.split("/");
  if (top !== "subgraphs") {
    const rooms: readonly Room[] = ["kit", "schema", "router", "local", "ops"];
    const isTest = path.endsWith(".test.ts");
    if (path.endsWith("/vite.config.ts")) return outside("workshop");
    // They lie beside what they show, and are no part of it.
    if (path.endsWith(".stories.tsx")) return outside("stories");
    const client = CLIENTS.find((room) => path.startsWith(`clients/${room}/`));
    if (client && !isTest) return outside(client);
    return outside((!isTest && rooms.find((room) => room === top)) || "workshop");
  }
  const area = AREAS.includes(rest[0] ?? "") ? (rest.shift() ?? "") : "";
  const [feature = "", file = ""] = rest;
  if (feature === "generated") {
    return { room: generatedRoom(path), subgraph, area: "", feature: "" };
  }
  if (feature.endsWith(".ts")) {
    const room = /^(?:main|worker)\./.test(feature) ? "main" : "shared";
    return { room: path.endsWith(".test.ts") ? "test" : room, subgraph, area, feature: "" };
  }
  if (path.endsWith(".test.ts")) return { room: "test", subgraph, area, feature };
  const name = file.replace(/\.ts$/, "");
  const room = FEATURE_ROOMS.find((each) => each === name) ?? "piece";
  return { room, subgraph, area, feature };
}

function generatedRoom(path: string): Room {
  if (path.endsWith("/prisma/enums.ts")) return "prisma enums";
  return path.includes("/generated/prisma/") ? "prisma" : "resolver types";
}

function targetOf(from: string, specifier: string): ModuleKind {
  const app = /^@meetinity\/(app|admin)\b/.exec(specifier)?.[1];
  if (app === "app" || app === "admin") return outside(app);
  // For the client, apps and what they share are no packages.
  if (from.startsWith("clients/sdk/") && specifier.startsWith("@meetinity/ui"))
    return outside("ui");
  const alias = /^#(kit|schema)\/(.*)$/.exec(specifier);
  if (alias) return moduleKindOf(`${alias[1]}/${alias[2]}.ts`);
  if (specifier.startsWith(".")) return moduleKindOf(posix.join(posix.dirname(from), specifier));
  const isDatabase = /^(?:@prisma\/|pg$|prisma$)/.test(specifier);
  return outside(isDatabase ? "prisma" : "package");
}

function outside(room: Room): ModuleKind {
  return { room, subgraph: "", area: "", feature: "" };
}
