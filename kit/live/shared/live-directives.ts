// Reads the live directives of subscriptions, `@resumable` and `@shared`, from a schema. Lint rules
// check them, not this file.
import { type GraphQLSchema, getDirectiveValues } from "graphql";

/** The live directives of one resumable subscription. */
export interface LiveDirectives {
  /** The argument with the position to resume behind. */
  readonly argument: string;
  /** The field of an event with its position. */
  readonly position: string;
  /** The field of an event with the position before it. */
  readonly previous: string;
  /** True when all its viewers see the same events, so that one feed may serve them. */
  readonly isShared: boolean;
}

/** The live directives of all resumable subscriptions of `schema`, by field name. */
export function readLiveDirectives(schema: GraphQLSchema): ReadonlyMap<string, LiveDirectives> {
  const fields = Object.values(schema.getSubscriptionType()?.getFields() ?? {});
  const [resumable, shared] = ["resumable", "shared"].map((name) => schema.getDirective(name));
  return new Map(
    fields.flatMap(({ name, astNode }) => {
      const values = resumable && astNode && getDirectiveValues(resumable, astNode);
      if (!values) return [];
      const directives = values as Omit<LiveDirectives, "isShared">;
      const isShared = Boolean(shared && getDirectiveValues(shared, astNode));
      return [[name, { ...directives, isShared }] as const];
    }),
  );
}
