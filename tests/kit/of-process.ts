// The values that all test files of a process share. A process runs many files, and each file gets
// fresh copies of our modules, so that a module's own variable would be made again for each.

const SHARED = Symbol.for("meetinity.tests.shared");

/** The value of that name. The first caller makes it, and it stays until the process ends. */
export function ofProcess<Value>(name: string, make: () => Value): Value {
  const holder = globalThis as { [SHARED]?: Map<string, unknown> };
  holder[SHARED] ??= new Map();
  if (!holder[SHARED].has(name)) holder[SHARED].set(name, make());
  return holder[SHARED].get(name) as Value;
}
