-- Messages of the previous release are counted when its transaction ends: it changes the conversation in
-- the statement that stores them, and PostgreSQL refuses a second change of one row in one statement.

DROP TRIGGER "message_counts" ON "message";

CREATE OR REPLACE FUNCTION "count_message"() RETURNS TRIGGER
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    "n" INT;
BEGIN
    UPDATE "conversation" SET "message_count" = "message_count" + 1
    WHERE "id" = NEW."conversation_id" RETURNING "message_count" INTO "n";
    UPDATE "message" SET "ordinal" = "n" WHERE "id" = NEW."id";
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER "message_counts" AFTER INSERT ON "message"
DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW WHEN (NEW."ordinal" IS NULL AND NEW."thread_root_id" IS NULL)
EXECUTE FUNCTION "count_message"();
