// The custom scalars of the graph.
import { GraphQLError, GraphQLScalarType } from "graphql";
import { DateTimeISOResolver } from "graphql-scalars";

const iso = DateTimeISOResolver.toConfig();

/**
 * `DateTime` of kit/schema.graphql: a `Date` inside, ISO 8601 outside. Years 1 to 9999, which are
 * those that ISO 8601 writes in four digits and PostgreSQL stores.
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
