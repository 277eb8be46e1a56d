// A database that turns one guard of our SQL off, so that a test sees the damage without it.
import type { Sql } from "../../kit/data/database.ts";

type Work = (tx: Sql) => Promise<unknown>;

/** The same database with one piece of its statements replaced, also inside of transactions. */
export function editing<Db extends Sql>(database: Db, from: string, to: string): Db {
  const edit = (parts: TemplateStringsArray): TemplateStringsArray => {
    const edited = parts.map((part) => part.replaceAll(from, to));
    return Object.assign(edited, { raw: edited });
  };
  return new Proxy(database, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (name === "$transaction") {
        const begin = (value as (work: Work, options: object) => unknown).bind(target);
        return (work: Work, options: object) => begin((tx) => work(editing(tx, from, to)), options);
      }
      if (name !== "$queryRaw" && name !== "$executeRaw") return value;
      const run = (value as Sql["$queryRaw"]).bind(target);
      return (parts: TemplateStringsArray, ...values: unknown[]) => run(edit(parts), ...values);
    },
  });
}
