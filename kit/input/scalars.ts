// The custom scalars of the graph.
import { GraphQLError, GraphQLScalarType } from "graphql";
import { DateTimeISOResolver } from "graphql-scalars";

const iso = DateTimeISOResolver.toConfig();

/**
 * `DateTime` of kit/schema.graphql: a `Date` in code, ISO 8601 on the wire. Years 1 to 9999, which
 * ISO 8601 writes with four digits and PostgreSQL can store.
 */
const DateTime = new GraphQLScalarType<Date, string>({
  ...iso,
  name: "DateTime",
  parseValue: (value) => inRange(iso.parseValue(value)),
  parseLiteral: (node, variables) => inRange(iso.parseLiteral(node, variables)),
});

function inRange(instant: Date): Date {
  const year = instant.getUTCFullYear();
  if (year >= 1 && year <= 9999) return instant;
  throw new GraphQLError("DateTime cannot represent a year outside 1 to 9999.");
}

export const scalarResolvers = { DateTime };
