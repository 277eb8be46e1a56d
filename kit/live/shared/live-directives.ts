// What the SDL says of subscriptions: `@resumable` and `@shared`, read from a schema. It judges
// nothing.
import { type GraphQLSchema, getDirectiveValues } from "graphql";

/** What a resumable subscription says of its events. */
export interface LiveDirectives {
  /** The argument that says behind which position to go on. */
  readonly argument: string;
  /** The field of an event that is its position. */
  readonly position: string;
  /** The field of an event that is the position before it. */
  readonly previous: string;
  /** True when its viewers see the same events, so that one feed may serve all of them. */
  readonly isShared: boolean;
}

/** The marks of all resumable subscriptions of `schema`, by the name of their field. */
export function readLiveDirectives(schema: GraphQLSchema): ReadonlyMap<string, LiveDirectives> {
  const fields = Object.values(schema.getSubscriptionType()?.getFields() ?? {});
  const [resumable, shared] = ["resumable", "shared"].map((name) => schema.getDirective(name));
  return new Map(
    fields.flatMap(({ name, astNode }) => {
      const values = resumable && astNode && getDirectiveValues(resumable, astNode);
      if (!values) return [];
      const mark = values as Omit<LiveDirectives, "isShared">;
      const isShared = Boolean(shared && getDirectiveValues(shared, astNode));
      return [[name, { ...mark, isShared }] as const];
    }),
  );
}
