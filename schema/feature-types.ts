// Writes one type a feature: the resolvers that the feature's own schema.graphql asks of the
// resolvers.ts beside it. A field without arguments may be left out when its parent holds the value
// in the very type; so a forgotten resolver is an error in that file.
import { type RowNames, rowOwner, type TypeModel, type TypePart } from "./model.ts";

const ROOTS = new Set(["Query", "Mutation", "Subscription"]);

const PRELUDE = `
type Value<R> = R extends (...args: never[]) => infer T ? Awaited<T> : never;
type IsServed<P, K extends PropertyKey, R> = K extends keyof P ? (P[K] extends Value<R> ? true : false) : false;
/** Resolvers of the fields F; those that the parent P serves may be left out. */
type Lean<R, P, F extends keyof R> = {
  [K in F as IsServed<P, K, R[K]> extends true ? never : K]: R[K];
} & {
  [K in F as IsServed<P, K, R[K]> extends true ? K : never]?: R[K];
};
type Reference<T extends keyof FederationReferenceTypes & keyof ResolversTypes> = ReferenceResolver<
  Maybe<ResolversTypes[T]>,
  FederationReferenceTypes[T],
  Context
>;
/** Types whose resolvers may all be left out may be left out themselves. */
type Feature<T> = {
  [K in keyof T as Record<never, never> extends T[K] ? never : K]: T[K];
} & {
  [K in keyof T as Record<never, never> extends T[K] ? K : never]?: T[K];
};`;

/** The last part of `generated/resolvers.ts`: `<Feature>Resolvers` for each feature. */
export function featureTypes(types: readonly TypeModel[], rows: RowNames): string {
  const isFederated = types.some(({ keys }) => keys.some((key) => key.isResolvable));
  const prelude = isFederated ? PRELUDE : PRELUDE.replace(/type Reference<[^;]*;\n/, "");
  const features = new Set(types.flatMap(({ parts }) => parts.map((part) => part.feature)));
  const texts = [...features].sort().map((feature) => featureType(feature, types, rows));
  return [prelude, ...texts, ""].join("\n");
}

function featureType(feature: string, types: readonly TypeModel[], rows: RowNames): string {
  const entries = types.flatMap((type) => {
    const demands = type.parts
      .filter((part) => part.feature === feature)
      .flatMap((part) => demandsOf(type, part, rowOwner(type, rows) !== undefined));
    return demands.length > 0 ? [`  ${type.name}: ${demands.join(" & ")};`] : [];
  });
  return `
/** What ${feature}/schema.graphql asks of ${feature}/resolvers.ts. */
export type ${pascalCase(feature)}Resolvers = Feature<{
${entries.join("\n")}
}>;`;
}

function demandsOf(type: TypeModel, part: TypePart, hasRow: boolean): string[] {
  const all = `${type.name}FieldResolvers`;
  const isRoot = ROOTS.has(type.name);
  const asked = part.fields.filter((field) => isRoot || field.hasArguments).map(({ name }) => name);
  const served = part.fields.filter(({ name }) => !asked.includes(name)).map(({ name }) => name);
  const demands: string[] = [];
  if (asked.length > 0) demands.push(`Pick<${all}, ${union(asked)}>`);
  if (served.length > 0) {
    demands.push(`Lean<${all}, ResolversParentTypes['${type.name}'], ${union(served)}>`);
  }
  if (part.keys.some((key) => key.isResolvable)) {
    // Another subgraph's entity, without a row here, is its reference: what Apollo returns anyway.
    const sign = part.isExtension && !hasRow ? "?" : "";
    demands.push(`{ __resolveReference${sign}: Reference<'${type.name}'> }`);
  }
  return demands;
}

function union(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(" | ");
}

function pascalCase(folder: string): string {
  return folder
    .split(/[-_]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}
