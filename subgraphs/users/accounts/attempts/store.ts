// Counts guesses. The keys are hashes, so that a row names neither an address nor a person.
import type { Database } from "../../database.ts";

export interface Counting {
  readonly key: Uint8Array<ArrayBuffer>;
  readonly now: Date;
  /** Guesses that were counted before this time are forgotten. */
  readonly forgottenBefore: Date;
  /** So many guesses have no delay; the next waits for `firstDelayMs`, the one after for twice. */
  readonly freeGuesses: number;
  readonly firstDelayMs: number;
  readonly delayMaxMs: number;
}

/** `waits`: nothing was counted, and the next guess is possible at `freeAt`. */
export type Counted =
  | { readonly kind: "counted"; readonly guesses: number }
  | { readonly kind: "waits"; readonly freeAt: Date };

/**
 * Counts a guess if it is time for one. One statement judges and counts: of many at once, each
 * waits for the row and sees what the one before it has counted. Requests do not arrive in the
 * order of their clocks, so that a free guess never waits for a later one.
 */
export async function countGuess(database: Database, counting: Counting): Promise<Counted> {
  const { key, now, forgottenBefore, freeGuesses, firstDelayMs, delayMaxMs } = counting;
  const [counted] = await database.$queryRaw<{ guesses: number }[]>`/* users.attempt.count */
    insert into attempt as held (key, guesses, counted_at, free_at)
    values (${key}::bytea, 1, ${now}::timestamptz, ${now}::timestamptz)
    on conflict (key) do update set (guesses, counted_at, free_at) = (
      select counted, ${now}::timestamptz,
        ${now}::timestamptz + interval '1 millisecond' * case
          when counted < ${freeGuesses}::int then 0
          else least(
            ${firstDelayMs}::int * power(2, least(counted - ${freeGuesses}::int, 30)),
            ${delayMaxMs}::int
          )
        end
      from (
        select case
          when held.counted_at < ${forgottenBefore}::timestamptz then 1
          else held.guesses + 1
        end as counted
      ) as next
    )
    where held.guesses < ${freeGuesses}::int or held.free_at <= ${now}::timestamptz
    returning guesses`;
  if (counted) return { kind: "counted", guesses: counted.guesses };
  const held = await database.attempt.findUnique({ where: { key }, select: { freeAt: true } });
  return { kind: "waits", freeAt: held?.freeAt ?? now };
}

interface Counts {
  readonly key: Uint8Array<ArrayBuffer>;
  /** As `countGuess` counted it. */
  readonly guesses: number;
  readonly now: Date;
}

/** Takes one guess back, with the delay that it caused. */
export async function uncountGuess(
  database: Database,
  { key, guesses, now }: Counts,
): Promise<void> {
  await database.$executeRaw`/* users.attempt.uncount */
    update attempt set guesses = guesses - 1,
      free_at = case
        when guesses = ${guesses}::int then least(free_at, ${now}::timestamptz)
        else free_at
      end
    where key = ${key}::bytea and guesses > 0`;
}

/** Forgets all guesses of a key. */
export async function forgetGuesses(
  database: Database,
  key: Uint8Array<ArrayBuffer>,
): Promise<void> {
  await database.attempt.deleteMany({ where: { key } });
}

/** Deletes budgets whose last guess was counted before an instant. Returns how many. */
export async function deleteForgotten(
  database: Database,
  before: Date,
  limit: number,
): Promise<number> {
  return database.$executeRaw`/* users.attempt.clean */
    delete from attempt where key in (
      select key from attempt where counted_at < ${before}::timestamptz limit ${limit}::int
    )`;
}
