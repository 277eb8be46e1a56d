// Checks the values of scalars and enums in the answers of subgraphs. Subgraphs have coerced them
// already, so this changes no value.
// https://spec.graphql.org/October2021/#sec-Scalars

/** The values of an enum, or the name of a scalar. A custom scalar may have any value. */
export type LeafType = ReadonlySet<string> | string;

const INT_MAX = 2 ** 31;

export function isLeafValue(type: LeafType, value: unknown): boolean {
  if (typeof type !== "string") return typeof value === "string" && type.has(value);
  switch (type) {
    case "String":
      return typeof value === "string";
    case "ID":
      return typeof value === "string" || Number.isInteger(value);
    case "Boolean":
      return typeof value === "boolean";
    case "Float":
      return typeof value === "number";
    case "Int":
      return isInt(value);
    default:
      return true;
  }
}

function isInt(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= -INT_MAX && Number(value) < INT_MAX;
}
