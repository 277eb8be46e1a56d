// The processes of a deployment, as docker-compose.yml names them, and of one machine.

export interface Service {
  readonly name: string;
  /** Of a process that does its work too, where all run on one machine. */
  readonly also?: string;
}

const SUBGRAPHS = ["users", "events", "matching", "messaging"] as const;

export const SERVICES: readonly Service[] = [
  { name: "router" },
  { name: "storage" },
  ...SUBGRAPHS.map((name) => ({ name })),
  ...SUBGRAPHS.map((name) => ({ name: `${name}-worker`, also: "workers" })),
];
