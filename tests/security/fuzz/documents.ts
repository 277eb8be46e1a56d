// Generates operations from the schema: any fields with any arguments, as literals, variables and
// defaults, with fragments, aliases and directives. Only values may be invalid; damage.ts breaks
// documents.
import fc, { type Arbitrary } from "fast-check";
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  type OperationTypeNode,
} from "graphql";
import {
  type Argument,
  type Document,
  type Field,
  print,
  SETS,
  type Selection,
} from "./printing.ts";
import { type InputOf, ODD_NAMES, rarely } from "./values.ts";

const DEPTH_MAX = 5;
/** Each costs a password hash, which is 84 ms of a core. */
const COSTLY = ["signUp", "signIn"];
/** Would end the session of the other probes. */
const LEFT_OUT = ["signOut"];

/** An arbitrary of operations of one kind. */
export function operationsOf(
  schema: GraphQLSchema,
  kind: OperationTypeNode,
  inputOf: InputOf,
): Arbitrary<Document> {
  const known = new Map<string, Arbitrary<readonly Selection[]>>();

  function selectionsOf(type: GraphQLNamedType, depth: number): Arbitrary<readonly Selection[]> {
    const key = `${type.name} ${depth}`;
    const made = known.get(key) ?? makeSelections(type, depth);
    known.set(key, made);
    return made;
  }

  function makeSelections(type: GraphQLNamedType, depth: number): Arbitrary<readonly Selection[]> {
    const typename = fc.constant<Selection>(leaf("__typename"));
    if (isAbstractType(type)) {
      const members = schema.getPossibleTypes(type).map((each) => fragmentOn(each, depth));
      return fc.array(fc.oneof(typename, ...members), { minLength: 1, maxLength: 3 });
    }
    if (!isObjectType(type)) return fc.constant([]);
    const fields = Object.values(type.getFields()).filter(
      (field) => depth > 0 || isLeafType(getNamedType(field.type)),
    );
    if (fields.length === 0) return fc.constant([leaf("__typename")]);
    const arbitraries = fields.map((field) => fieldOf(field, depth));
    const own = fragmentOn(type, depth);
    const any = fc.oneof(
      { arbitrary: fc.oneof(...arbitraries), weight: 9 },
      { arbitrary: typename, weight: 1 },
      ...(depth > 0 ? [{ arbitrary: own, weight: 1 }] : []),
    );
    return fc.array(any, { minLength: 1, maxLength: 3 });
  }

  function fragmentOn(type: GraphQLNamedType, depth: number): Arbitrary<Selection> {
    const selections =
      depth > 0 ? selectionsOf(type, depth - 1) : fc.constant([leaf("__typename")]);
    return fc
      .record({ isNamed: fc.boolean(), selections })
      .map((rest) => ({ kind: "fragment", on: type.name, ...rest }));
  }

  function fieldOf(field: GraphQLField<unknown, unknown>, depth: number): Arbitrary<Selection> {
    const type = getNamedType(field.type);
    return fc.record({
      kind: fc.constant("field" as const),
      name: fc.constant(field.name),
      alias: rarely(fc.constantFrom("a", "b", "c", ...ODD_NAMES), 5),
      args: fc.tuple(...field.args.map(argumentOf)).map((args) => args.flat()),
      directive: fc.oneof(
        { arbitrary: fc.constant(""), weight: 20 },
        { arbitrary: fc.constantFrom("@include(if: true)", "@skip(if: true)"), weight: 1 },
      ),
      selections: isLeafType(type) ? fc.constant([]) : selectionsOf(type, depth - 1),
    });
  }

  function argumentOf(definition: GraphQLArgument): Arbitrary<readonly Argument[]> {
    const given = fc.record({
      definition: fc.constant(definition),
      values: fc.array(inputOf(definition.type, definition.name), {
        minLength: SETS,
        maxLength: SETS,
      }),
      how: fc.constantFrom("literal" as const, "variable" as const, "default" as const),
    });
    if (isRequiredArgument(definition)) return given.map((one) => [one]);
    return rarely(given, 2).map((one) => (one ? [one] : []));
  }

  const root = schema.getRootType(kind);
  if (!root) throw new Error(`the schema has no ${kind}`);
  const fields = Object.values(root.getFields()).filter(({ name }) => !LEFT_OUT.includes(name));
  const roots = fields.map((field) => ({
    arbitrary: fieldOf(field, DEPTH_MAX),
    weight: COSTLY.includes(field.name) ? 1 : 30,
  }));
  const most = kind === "query" ? 3 : kind === "mutation" ? 2 : 1;
  return fc
    .array(fc.oneof(...roots), { minLength: 1, maxLength: most })
    .map((selections) => print(kind, selections));
}

function leaf(name: string): Field {
  return { kind: "field", name, alias: null, args: [], directive: "", selections: [] };
}

/** An introspection of any part of the schema. */
export function introspections(schema: GraphQLSchema): Arbitrary<Document> {
  const names = Object.keys(schema.getTypeMap());
  return fc
    .tuple(fc.constantFrom(...names, ...ODD_NAMES), fc.constantFrom("kind", "description", "name"))
    .map(([name, field]) => ({
      query:
        `query($n: String!) { __type(name: $n) { ${field} fields { ` +
        `${field === "kind" ? "name" : field} } } __schema { queryType { name } } }`,
      variables: [{ n: name }],
    }));
}
