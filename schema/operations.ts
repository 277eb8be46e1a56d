// The client operations that we ship and test: one file each in schema/operations, named as the
// operation.
import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("./operations/", import.meta.url);

/** The document of an operation, by its name. */
export function operation(name: string): string {
  return readFileSync(new URL(`${name}.graphql`, folder), "utf8");
}

/** The names of all operations, in order. */
export function operationNames(): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".graphql"))
    .map((file) => file.slice(0, -".graphql".length))
    .sort();
}
