// Erasures that some subgraphs have answered, for the list of them.
import { withDatabase } from "../../kit/database.ts";

/** At least this many, of accounts that never existed. */
export async function someErasures(count: number): Promise<void> {
  await withDatabase("users", (client) =>
    client.query(
      `with made as (
         insert into erasure (user_id, erasure_id, asked_at, erased_at)
         select gen_random_uuid(), gen_random_uuid(), now(), now() from generate_series(1, $1::int)
         returning erasure_id
       )
       insert into erasure_answer (erasure_id, subgraph, answered_at)
       select erasure_id, subgraph, now() from made, unnest(array['events', 'matching']) as subgraph`,
      [count],
    ),
  );
}
