// Writes one type for each feature: the resolvers that its resolvers.ts must have for its
// schema.graphql. A field without arguments needs none if its parent has a value of the same type.
// Any other missing resolver is a type error in resolvers.ts.
import { type RowNames, rowOwner, type TypeModel, type TypePart } from "./model.ts";

const ROOTS = new Set(["Query", "Mutation", "Subscription"]);

const PRELUDE = `
type Value<R> = R extends (...args: never[]) => infer T ? Awaited<T> : never;
type IsServed<P, K extends PropertyKey, R> = K extends keyof P ? (P[K] extends Value<R> ? true : false) : false;
/** Resolvers of the fields F. Those whose value the parent P has are optional. */
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
/** Types without a required resolver are optional. */
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
/** The resolvers that ${feature}/resolvers.ts must have for ${feature}/schema.graphql. */
export type ${pascalCase(feature)}Resolvers = Feature<{
${entries.join("\n")}
}>;`;
}

function demandsOf(type: TypeModel, part: TypePart, hasRow: boolean): string[] {
  const all = `${type.name}FieldResolvers`;
  const isRoot = ROOTS.has(type.name);
  const required = part.fields
    .filter((field) => isRoot || field.hasArguments)
    .map(({ name }) => name);
  const served = part.fields.filter(({ name }) => !required.includes(name)).map(({ name }) => name);
  const demands: string[] = [];
  if (required.length > 0) demands.push(`Pick<${all}, ${union(required)}>`);
  if (served.length > 0) {
    demands.push(`Lean<${all}, ResolversParentTypes['${type.name}'], ${union(served)}>`);
  }
  if (part.keys.some((key) => key.isResolvable)) {
    // Optional for another subgraph's entity without a row here: Apollo returns the reference.
    const sign = part.isExtension && !hasRow ? "?" : "";
    demands.push(`{ __resolveReference${sign}: Reference<'${type.name}'> }`);
  }
  return demands;
}

function union(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(" | ");
}

/** The name of a feature without its area. */
function pascalCase(feature: string): string {
  return feature
    .slice(feature.lastIndexOf("/") + 1)
    .split(/[-_]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}
