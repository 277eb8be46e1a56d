// What the SDL says of subscriptions: `@resumable` and `@shared`, read from a schema. It judges
// nothing.
import { type GraphQLSchema, getDirectiveValues } from "graphql";

/** What a resumable subscription says of its events. */
export interface LiveMark {
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
export function readLiveMarks(schema: GraphQLSchema): ReadonlyMap<string, LiveMark> {
  const fields = Object.values(schema.getSubscriptionType()?.getFields() ?? {});
  const [resumable, shared] = ["resumable", "shared"].map((name) => schema.getDirective(name));
  return new Map(
    fields.flatMap(({ name, astNode }) => {
      const values = resumable && astNode && getDirectiveValues(resumable, astNode);
      if (!values) return [];
      const mark = values as Omit<LiveMark, "isShared">;
      const isShared = Boolean(shared && getDirectiveValues(shared, astNode));
      return [[name, { ...mark, isShared }] as const];
    }),
  );
}
