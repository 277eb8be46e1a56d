-- An account may have no password: whoever proves an address gets an account without the password that
-- somebody else chose for it.
ALTER TABLE "credential" ALTER COLUMN "password_hash" DROP NOT NULL;

-- Links that sign in are bound to the attempt of a browser, and exist before it is known whose they
-- are: a request for an unknown address leaves the same rows.
ALTER TABLE "one_time" ADD COLUMN "attempt_hash" BYTEA;
ALTER TABLE "one_time" ALTER COLUMN "person_id" DROP NOT NULL;
ALTER TABLE "one_time" ADD CONSTRAINT "one_time_attempt_check" CHECK (("attempt_hash" IS NOT NULL) = ("kind" = 'magic-link') AND ("attempt_hash" IS NULL OR octet_length("attempt_hash") = 32)) NOT VALID;
ALTER TABLE "one_time" ADD CONSTRAINT "one_time_person_check" CHECK ("person_id" IS NOT NULL OR "kind" = 'magic-link') NOT VALID;
ALTER TABLE "one_time" VALIDATE CONSTRAINT "one_time_attempt_check";
ALTER TABLE "one_time" VALIDATE CONSTRAINT "one_time_person_check";
CREATE INDEX "one_time_attempt_hash_idx" ON "one_time"("attempt_hash");
