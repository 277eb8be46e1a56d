// Jobs that were given up in every subgraph, for the list of them.
import { withDatabase } from "../../kit/database.ts";

/** At least this many in each. No worker takes them. */
export async function someFailedJobs(count: number): Promise<void> {
  for (const subgraph of ["users", "events", "matching", "messaging"]) {
    await withDatabase(subgraph, (client) =>
      client.query(
        `insert into job (id, kind, key, priority, state, run_at, due_at, created_at, finished_at)
         select gen_random_uuid(), 'test.unknown', gen_random_uuid(), 1, 'GIVEN_UP', now(), now(),
           now(), now()
         from generate_series(1, $1::int)`,
        [count],
      ),
    );
  }
}
