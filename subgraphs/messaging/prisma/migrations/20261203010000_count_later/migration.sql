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
    UPDATE "member" SET "read_seq" = NEW."seq", "read_ordinal" = "n", "uncounted_behind" = 0
    WHERE "conversation_id" = NEW."conversation_id" AND "user_id" = NEW."sender_id"
        AND "read_seq" < NEW."seq";
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER "message_counts" AFTER INSERT ON "message"
DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW WHEN (NEW."ordinal" IS NULL AND NEW."thread_root_id" IS NULL)
EXECUTE FUNCTION "count_message"();
