// Prints a generated operation as a document with variables. It makes no random choices.
import {
  type GraphQLArgument,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  type OperationTypeNode,
} from "graphql";

export interface Document {
  readonly query: string;
  /** Several sets of variables for the document, which is planned once. */
  readonly variables: readonly Readonly<Record<string, unknown>>[];
}

export const SETS = 4;

export interface Argument {
  readonly definition: GraphQLArgument;
  /** One for each set of variables. The first is the literal's. */
  readonly values: readonly unknown[];
  readonly how: "literal" | "variable" | "default";
}

export interface Field {
  readonly kind: "field";
  readonly name: string;
  readonly alias: string | null;
  readonly args: readonly Argument[];
  readonly directive: string;
  readonly selections: readonly Selection[];
}

interface Fragment {
  readonly kind: "fragment";
  readonly on: string;
  readonly isNamed: boolean;
  readonly selections: readonly Selection[];
}

export type Selection = Field | Fragment;

interface Printing {
  readonly variables: {
    readonly definition: string;
    readonly name: string;
    readonly values: readonly unknown[];
  }[];
  readonly fragments: string[];
}

/** The document of these root fields. */
export function print(kind: OperationTypeNode, roots: readonly Selection[]): Document {
  const printing: Printing = { variables: [], fragments: [] };
  const body = printSelections(roots, printing, "");
  const { variables, fragments } = printing;
  const head = variables.map(({ definition }) => definition).join(", ");
  const set = (at: number) =>
    Object.fromEntries(
      variables.flatMap(({ name, values }) =>
        values[at] !== undefined ? [[name, values[at]]] : [],
      ),
    );
  return {
    query: [`${kind} Probe${head && `(${head})`} ${body}`, ...fragments].join("\n"),
    variables: Array.from({ length: SETS }, (_, at) => set(at)),
  };
}

/** Gives the fields of one object different aliases, those in fragments too. */
function printSelections(
  selections: readonly Selection[],
  printing: Printing,
  path: string,
  taken = new Set<string>(),
): string {
  const printed = selections.map((selection, at) => {
    if (selection.kind === "field") return printField(selection, printing, taken, `${path}${at}`);
    const inside = printSelections(selection.selections, printing, `${path}${at}_`, taken);
    if (!selection.isNamed) return `... on ${selection.on} ${inside}`;
    const name = `F${printing.fragments.length}`;
    printing.fragments.push(`fragment ${name} on ${selection.on} ${inside}`);
    return `...${name}`;
  });
  return `{ ${printed.join(" ")} }`;
}

function printField(field: Field, printing: Printing, taken: Set<string>, path: string): string {
  const wish = field.alias ?? field.name;
  const key = taken.has(wish) ? `k${path}` : wish;
  taken.add(key);
  const args = field.args.map((arg) => printArgument(arg, printing)).join(", ");
  const inside =
    field.selections.length > 0
      ? ` ${printSelections(field.selections, printing, `${path}_`)}`
      : "";
  const alias = key === field.name ? "" : `${key}: `;
  return `${alias}${field.name}${args && `(${args})`} ${field.directive}${inside}`;
}

function printArgument({ definition, values, how }: Argument, { variables }: Printing): string {
  const { name, type } = definition;
  const literal = how === "variable" ? undefined : literalOf(values[0], type);
  if (how === "literal" && literal !== undefined) return `${name}: ${literal}`;
  const variable = `v${variables.length}`;
  const isDefault = how === "default" && literal !== undefined;
  variables.push({
    name: variable,
    definition: `$${variable}: ${type}${isDefault ? ` = ${literal}` : ""}`,
    // With a default, only the later sets have a value.
    values: isDefault ? values.with(0, undefined) : values,
  });
  return `${name}: $${variable}`;
}

/** A value as a literal. Undefined if it has none, as with a key that is no name. */
function literalOf(value: unknown, type: GraphQLInputType): string | undefined {
  const nullable = getNullableType(type);
  if (Array.isArray(value)) {
    const item = isListType(nullable) ? nullable.ofType : type;
    const items = value.map((each) => literalOf(each, item));
    return items.includes(undefined) ? undefined : `[${items.join(", ")}]`;
  }
  if (typeof value === "object" && value !== null) {
    const fields = isInputObjectType(nullable) ? nullable.getFields() : {};
    const entries = Object.entries(value).map(([key, each]) => {
      const inside = Object.hasOwn(fields, key) ? fields[key] : undefined;
      const printed = literalOf(each, inside?.type ?? type);
      return printed === undefined || !/^[_A-Za-z]\w*$/.test(key)
        ? undefined
        : `${key}: ${printed}`;
    });
    return entries.includes(undefined) ? undefined : `{${entries.join(", ")}}`;
  }
  const isName = isEnumType(getNamedType(type)) && /^[A-Z_]+$/.test(String(value));
  return isName ? String(value) : JSON.stringify(value);
}
