// Enforces `@constraint` of the SDL: checks every argument before its resolver runs, and reports
// all mistakes at once. Rules over several fields, or over stored state, belong in a feature's
// rules.ts.
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
  getDirectiveValues,
  getNullableType,
  isInputObjectType,
  isListType,
  isObjectType,
} from "graphql";
import { badInput, type Violation, type ViolationRule } from "#kit/errors";
import { describeReceived, FORMATS } from "#kit/input/formats";
import { bodyMistake, lineMistake } from "#kit/input/text";

interface Limits {
  readonly min?: number;
  readonly max?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly format?: keyof typeof FORMATS;
  readonly text?: keyof typeof TEXTS;
  readonly isSecret?: boolean;
}

/** The mistake in a text by its purpose; null for a text that only programs read. */
const TEXTS = {
  LINE: lineMistake,
  BODY: bodyMistake,
  TOKEN: () => null,
} as const satisfies Record<string, (text: string) => string | null>;

type Check = (value: unknown, field: string, found: Violation[]) => void;

/** Wraps every resolver and subscriber of `schema` that takes arguments with the SDL's checks. */
export function enforceConstraints(schema: GraphQLSchema): GraphQLSchema {
  const compiled = new Map<GraphQLInputType, Check>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith("__")) continue;
    for (const field of Object.values(type.getFields())) guard(field, schema, compiled);
  }
  return schema;
}

function guard(
  field: GraphQLField<unknown, unknown>,
  schema: GraphQLSchema,
  compiled: Map<GraphQLInputType, Check>,
): void {
  if (field.args.length === 0) return;
  const checks = field.args.map((arg) => [arg.name, checkOf(arg, schema, compiled)] as const);
  const refuseBadInput = (args: Record<string, unknown>) => {
    const found: Violation[] = [];
    for (const [name, check] of checks) check(args[name], name, found);
    const [first, ...rest] = found;
    if (first) throw badInput([first, ...rest]);
  };
  const { resolve, subscribe } = field;
  if (subscribe) {
    field.subscribe = (source, args, context, info) => {
      refuseBadInput(args);
      return subscribe(source, args, context, info);
    };
  } else if (resolve) {
    field.resolve = (source, args, context, info) => {
      refuseBadInput(args);
      return resolve(source, args, context, info);
    };
  }
}

function checkOf(
  node: GraphQLArgument | GraphQLInputField,
  schema: GraphQLSchema,
  compiled: Map<GraphQLInputType, Check>,
): Check {
  const directive = schema.getDirective("constraint");
  const limits: Limits =
    (directive && node.astNode && getDirectiveValues(directive, node.astNode)) || {};
  const nested = nestedCheckOf(node.type, schema, compiled);
  return (value, field, found) => {
    if (value === null || value === undefined) return;
    if (Array.isArray(value)) {
      if (limits.maxItems !== undefined && value.length > limits.maxItems) {
        const message = `must hold at most ${limits.maxItems} items`;
        const rule = { rule: "MAX_ITEMS", limit: limits.maxItems } as const;
        found.push(violation(field, message, rule, value, limits));
        return;
      }
      for (const [at, item] of value.entries()) {
        checkScalar(item, `${field}[${at}]`, limits, found);
        nested?.(item, `${field}[${at}]`, found);
      }
      return;
    }
    checkScalar(value, field, limits, found);
    nested?.(value, field, found);
  };
}

function nestedCheckOf(
  type: GraphQLInputType,
  schema: GraphQLSchema,
  compiled: Map<GraphQLInputType, Check>,
): Check | undefined {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return nestedCheckOf(nullable.ofType, schema, compiled);
  if (!isInputObjectType(nullable)) return undefined;
  const known = compiled.get(nullable);
  if (known) return known;
  let fields: (readonly [string, Check])[] = [];
  const check: Check = (value, path, found) => {
    const given = value as Record<string, unknown>;
    for (const [name, checkField] of fields) checkField(given[name], `${path}.${name}`, found);
  };
  compiled.set(nullable, check);
  fields = Object.values(nullable.getFields()).map(
    (field) => [field.name, checkOf(field, schema, compiled)] as const,
  );
  return check;
}

function checkScalar(value: unknown, field: string, limits: Limits, found: Violation[]): void {
  const refuse = (message: string, rule: ViolationRule, limit?: number) => {
    const broken = { rule, ...(limit !== undefined && { limit }) };
    found.push(violation(field, message, broken, value, limits));
  };
  const { min, max, minLength, maxLength, format, text } = limits;
  if (typeof value === "number") {
    if (min !== undefined && value < min) refuse(`must be at least ${min}`, "MIN", min);
    if (max !== undefined && value > max) refuse(`must be at most ${max}`, "MAX", max);
  }
  if (typeof value !== "string") return;
  if (value.includes("\0")) refuse("must not contain NUL characters", "CHARACTERS");
  else if (!value.isWellFormed()) refuse("must be well-formed Unicode", "CHARACTERS");
  else if (minLength !== undefined && lengthOf(value.trim()) < minLength) {
    const isEmpty = minLength === 1;
    const message = isEmpty ? "must not be empty" : `must have at least ${minLength} characters`;
    refuse(message, "MIN_LENGTH", minLength);
  } else if (maxLength !== undefined && lengthOf(value) > maxLength) {
    refuse(`must have at most ${maxLength} characters`, "MAX_LENGTH", maxLength);
  } else if (format && !FORMATS[format].matches(value)) {
    refuse(`must be ${FORMATS[format].name}`, format);
  } else {
    const mistake = text ? TEXTS[text](value) : null;
    if (mistake) refuse(mistake, "CHARACTERS");
  }
}

function lengthOf(text: string): number {
  return text.length <= 1 ? text.length : Array.from(text).length;
}

function violation(
  field: string,
  message: string,
  rule: Pick<Violation, "rule" | "limit">,
  value: unknown,
  limits: Limits,
): Violation {
  const { text, received } = describeReceived(value, limits.isSecret ?? false);
  return { field, message: `${message}, got ${text}`, received, ...rule };
}
