// Copies JSON. It takes the values that `JSON.parse` gives and no others.

/** A deep copy. It omits keys named `__proto__`, since assigning one would set a prototype. */
export function copyJson<Json>(value: Json): Json;
export function copyJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => copyJson(item));
  if (typeof value !== "object" || value === null) return value;
  const source = value as Readonly<Record<string, unknown>>;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(source)) {
    if (key !== "__proto__") copy[key] = copyJson(source[key]);
  }
  return copy;
}
