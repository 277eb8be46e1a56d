// Marks a database of users before the first demo account is made. Production refuses to serve a
// marked database (subgraphs/users/demo.ts).
import pg from "pg";

/** Safe to repeat. With `mustBeEmpty` it throws for an unmarked database with people in it. */
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
