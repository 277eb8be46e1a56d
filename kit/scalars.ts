// The custom scalars of the graph.

import { GraphQLScalarType } from "graphql";
import { DateTimeISOResolver } from "graphql-scalars";

/** `DateTime` of kit/schema.graphql: a `Date` inside, ISO 8601 outside. */
export const scalarResolvers = {
  DateTime: new GraphQLScalarType({ ...DateTimeISOResolver.toConfig(), name: "DateTime" }),
};
