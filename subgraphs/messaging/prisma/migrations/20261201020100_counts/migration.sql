-- Unread messages are read, not counted: those of the conversation, minus those up to a member's mark,
-- minus those behind it that do not count. The function that stores messages and triggers keep the
-- four numbers, also for the previous release. recount_conversation makes them anew.

ALTER TABLE "message" ADD COLUMN "ordinal" INTEGER;
ALTER TABLE "conversation" ADD COLUMN "message_count" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "member"
    ADD COLUMN "read_ordinal" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "uncounted_behind" INTEGER NOT NULL DEFAULT 0;

-- How many messages have a seq up to this one.
CREATE FUNCTION "ordinal_at"("conversation" UUID, "seq" INTEGER) RETURNS INTEGER
LANGUAGE SQL STABLE
RETURN coalesce((
    SELECT "message"."ordinal" FROM "message"
    WHERE "message"."conversation_id" = "ordinal_at"."conversation"
        AND "message"."seq" <= "ordinal_at"."seq" AND "message"."ordinal" IS NOT NULL
    ORDER BY "message"."seq" DESC LIMIT 1
), 0);

-- How many messages behind a seq do not count for a person: those that are deleted.
CREATE FUNCTION "uncounted_behind"("conversation" UUID, "person" UUID, "seq" INTEGER) RETURNS INTEGER
LANGUAGE SQL STABLE
RETURN (
    SELECT count(*)::int FROM "message"
    WHERE "message"."conversation_id" = "uncounted_behind"."conversation"
        AND "message"."seq" > "uncounted_behind"."seq" AND "message"."ordinal" IS NOT NULL
        AND "message"."deleted_at" IS NOT NULL
);

-- A mark that moves, and that of a new member. The row is locked by then, and each statement in here has
-- a snapshot of its own: a deletion that committed first is seen, and a later one sees the new mark.
CREATE FUNCTION "count_at_mark"() RETURNS TRIGGER
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    NEW."read_ordinal" := ordinal_at(NEW."conversation_id", NEW."read_seq");
    NEW."uncounted_behind" := uncounted_behind(NEW."conversation_id", NEW."user_id", NEW."read_seq");
    RETURN NEW;
END
$$;
CREATE TRIGGER "member_joins" BEFORE INSERT ON "member"
FOR EACH ROW EXECUTE FUNCTION "count_at_mark"();
-- Whoever sets the ordinal too has counted.
CREATE TRIGGER "member_reads" BEFORE UPDATE OF "read_seq" ON "member"
FOR EACH ROW WHEN (NEW."read_seq" <> OLD."read_seq" AND NEW."read_ordinal" = OLD."read_ordinal")
EXECUTE FUNCTION "count_at_mark"();

-- A message that was not stored by append_messages.
CREATE FUNCTION "count_message"() RETURNS TRIGGER
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    UPDATE "conversation" SET "message_count" = "message_count" + 1
    WHERE "id" = NEW."conversation_id" RETURNING "message_count" INTO NEW."ordinal";
    UPDATE "member"
    SET "read_seq" = NEW."seq", "read_ordinal" = NEW."ordinal", "uncounted_behind" = 0
    WHERE "conversation_id" = NEW."conversation_id" AND "user_id" = NEW."sender_id"
        AND "read_seq" < NEW."seq";
    RETURN NEW;
END
$$;
CREATE TRIGGER "message_counts" BEFORE INSERT ON "message"
FOR EACH ROW WHEN (NEW."ordinal" IS NULL) EXECUTE FUNCTION "count_message"();

-- Deleted messages: for each member who has not read them. The rows are locked first, so that the
-- marks that are compared cannot move meanwhile.
CREATE FUNCTION "uncount_deleted"() RETURNS TRIGGER
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    "deleted_ids" UUID[];
    "conversation_ids" UUID[];
    "last_seq" INTEGER;
BEGIN
    SELECT array_agg("after"."id"), array_agg(DISTINCT "after"."conversation_id"), max("after"."seq")
    INTO "deleted_ids", "conversation_ids", "last_seq"
    FROM "after" JOIN "before" USING ("id")
    WHERE "after"."deleted_at" IS NOT NULL AND "before"."deleted_at" IS NULL
        AND "after"."ordinal" IS NOT NULL;
    IF "deleted_ids" IS NULL THEN RETURN NULL; END IF;
    PERFORM FROM "member"
    WHERE "conversation_id" = ANY("conversation_ids") AND "read_seq" < "last_seq"
    ORDER BY "conversation_id", "user_id" FOR NO KEY UPDATE;
    UPDATE "member" SET "uncounted_behind" = "uncounted_behind" + (
        SELECT count(*) FROM "message"
        WHERE "message"."id" = ANY("deleted_ids") AND "message"."seq" > "member"."read_seq"
            AND "message"."conversation_id" = "member"."conversation_id"
    )
    WHERE "conversation_id" = ANY("conversation_ids") AND "read_seq" < "last_seq";
    RETURN NULL;
END
$$;
CREATE TRIGGER "message_deletions" AFTER UPDATE ON "message"
REFERENCING OLD TABLE AS "before" NEW TABLE AS "after"
FOR EACH STATEMENT EXECUTE FUNCTION "uncount_deleted"();

-- Makes the counts of one conversation anew, behind the lock of its stream.
CREATE FUNCTION "recount_conversation"("wanted" UUID) RETURNS VOID
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM FROM "stream" WHERE "id" = 'conversation:' || "wanted" FOR NO KEY UPDATE;
    UPDATE "message" SET "ordinal" = "counted"."n"
    FROM (
        SELECT "id", row_number() OVER (ORDER BY "seq")::int AS "n" FROM "message"
        WHERE "conversation_id" = "wanted"
    ) AS "counted"
    WHERE "message"."id" = "counted"."id" AND "message"."ordinal" IS DISTINCT FROM "counted"."n";
    UPDATE "conversation" SET "message_count" = (
        SELECT count(*) FROM "message" WHERE "conversation_id" = "wanted" AND "ordinal" IS NOT NULL
    ) WHERE "id" = "wanted";
    PERFORM FROM "member" WHERE "conversation_id" = "wanted" ORDER BY "user_id" FOR NO KEY UPDATE;
    UPDATE "member" SET "read_seq" = "own"."read_seq",
        "read_ordinal" = ordinal_at("wanted", "own"."read_seq"),
        "uncounted_behind" = uncounted_behind("wanted", "own"."user_id", "own"."read_seq")
    FROM (
        SELECT "user_id", greatest("read_seq", (
            SELECT max("seq") FROM "message"
            WHERE "conversation_id" = "wanted" AND "sender_id" = "member"."user_id"
        )) AS "read_seq"
        FROM "member" WHERE "conversation_id" = "wanted"
    ) AS "own"
    WHERE "member"."conversation_id" = "wanted" AND "member"."user_id" = "own"."user_id";
END
$$;

-- Makes all counts anew. Call it outside of a transaction: it commits after each conversation.
CREATE PROCEDURE "recount_messages"()
LANGUAGE plpgsql AS $$
DECLARE
    "last" UUID := '00000000-0000-0000-0000-000000000000';
BEGIN
    LOOP
        SELECT "id" INTO "last" FROM "conversation" WHERE "id" > "last" ORDER BY "id" LIMIT 1;
        EXIT WHEN NOT FOUND;
        PERFORM recount_conversation("last");
        COMMIT;
    END LOOP;
END
$$;
