// Marks a database of users as one that holds demo accounts, before the first of them is made:
// production refuses to serve it (subgraphs/users/demo.ts).
import pg from "pg";

/**
 * Safe to repeat. Throws, and marks nothing, when `mustBeEmpty` and people are there who are not
 * the demo's.
 */
export async function markAsDemo(
  usersDatabaseUrl: string,
  { mustBeEmpty }: { readonly mustBeEmpty: boolean },
): Promise<void> {
  const client = new pg.Client({ connectionString: usersDatabaseUrl });
  await client.connect();
  try {
    await client.query(
      `/* seed.mark */ insert into demo_mark (marked_at)
       select now() where not ($1::boolean and exists (select from person))
       on conflict do nothing`,
      [mustBeEmpty],
    );
    const { rowCount } = await client.query("/* seed.isMarked */ select from demo_mark");
    if (rowCount === 0) {
      throw new Error(
        "The database of DATABASE_URL_USERS holds people, and demo accounts beside them would let " +
          "everybody in. Start without demo data (npm start -- --no-demo), or with empty databases.",
      );
    }
  } finally {
    await client.end();
  }
}
