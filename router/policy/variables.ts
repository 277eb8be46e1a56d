// Checks the variables of an operation before it runs. The messages of graphql-js for the same
// mistakes contain the values; these leave out secret and long ones.
import {
  type GraphQLInputType,
  type GraphQLSchema,
  getNullableType,
  getVariableValues,
  isInputObjectType,
  isInputType,
  isLeafType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  type OperationDefinitionNode,
  typeFromAST,
} from "graphql";
import type { Violation } from "#kit/errors";
import { describeReceived } from "#kit/input/formats";
import { invariant } from "#kit/invariant";

const NAME_LENGTH_MAX = 60;
const SECRET_NAME = /password|token|secret/i;

/** The mistakes found so far, and their maximum. */
interface Found {
  readonly violations: Violation[];
  readonly most: number;
}

/** At most `most` mistakes in the variables of an operation that fits `schema`. */
export function variableViolations(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
  most: number,
): Violation[] {
  const found: Found = { violations: [], most };
  for (const definition of operation.variableDefinitions ?? []) {
    const name = definition.variable.name.value;
    const type = typeFromAST(schema, definition.type as Parameters<typeof typeFromAST>[1]);
    if (!isInputType(type)) continue;
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (value === undefined && (definition.defaultValue || !isNonNullType(type))) continue;
    check(value, type, name, found);
  }
  return found.violations.slice(0, most);
}

/** Coerces variables that have passed the check, and adds defaults. */
export function coercedVariables(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const values = getVariableValues(schema, variableDefinitions, given);
  invariant(values.coerced, "variables that passed the check cannot be coerced");
  return values.coerced;
}

function check(value: unknown, type: GraphQLInputType, field: string, found: Found): void {
  if (isEnough(found)) return;
  if (value === undefined || value === null) {
    if (isNonNullType(type)) {
      const message = `is required and must be ${type}`;
      found.violations.push({ field, message, received: null, rule: "REQUIRED" });
    }
    return;
  }
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    const items: unknown[] = Array.isArray(value) ? value : [value];
    for (const [at, item] of items.entries())
      check(item, nullable.ofType, `${field}[${at}]`, found);
  } else if (isInputObjectType(nullable)) {
    if (typeof value !== "object" || Array.isArray(value)) {
      found.violations.push(violation(value, `must be ${type}`, field));
    } else {
      checkFields(value as Record<string, unknown>, nullable, field, found);
    }
  } else if (isLeafType(nullable) && !canParse(() => nullable.parseValue(value))) {
    found.violations.push(violation(value, `must be ${type}`, field));
  }
}

function checkFields(
  value: Readonly<Record<string, unknown>>,
  type: Extract<GraphQLInputType, { getFields(): unknown }>,
  path: string,
  found: Found,
): void {
  const fields = type.getFields();
  for (const definition of Object.values(fields)) {
    const given = Object.hasOwn(value, definition.name) ? value[definition.name] : undefined;
    if (given === undefined && !isRequiredInputField(definition)) continue;
    check(given, definition.type, `${path}.${definition.name}`, found);
  }
  for (const name of Object.keys(value)) {
    if (isEnough(found)) return;
    if (Object.hasOwn(fields, name)) continue;
    const field = `${path}.${name.slice(0, NAME_LENGTH_MAX)}`;
    const message = `is not a field of ${type}`;
    found.violations.push({ field, message, received: null, rule: "UNKNOWN_FIELD" });
  }
  const given = Object.values(value).filter((each) => each !== null && each !== undefined);
  if (type.isOneOf && (given.length !== 1 || Object.keys(value).length !== 1)) {
    found.violations.push({ field: path, message: "must have exactly one field", received: null });
  }
}

function isEnough({ violations, most }: Found): boolean {
  return violations.length >= most;
}

function canParse(parse: () => unknown): boolean {
  try {
    return parse() !== undefined;
  } catch {
    return false;
  }
}

function violation(value: unknown, expected: string, field: string): Violation {
  const isSecret = SECRET_NAME.test(field);
  if (isSecret && typeof value !== "string") {
    return { field, message: `${expected}, got a ${typeof value}`, received: null, rule: "TYPE" };
  }
  const { text, received } = describeReceived(value, isSecret);
  return { field, message: `${expected}, got ${text}`, received, rule: "TYPE" };
}
