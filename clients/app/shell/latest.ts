// A map that keeps the entries that were used last.

/** The entry of a key, made if it is missing. At most `max` are kept. */
export function latestOf<Value>(
  entries: Map<string, Value>,
  key: string,
  max: number,
  make: () => Value,
): Value {
  const value = entries.get(key) ?? make();
  entries.delete(key);
  entries.set(key, value);
  const [oldest = key] = entries.keys();
  if (entries.size > max) entries.delete(oldest);
  return value;
}
