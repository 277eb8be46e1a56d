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

-- Judges messages and stores the accepted ones with their entries; one row for each, in their order.
-- With "only_free" it locks the streams itself, without waiting: messages of a stream that another
-- transaction holds are 'held' and untouched. Otherwise the caller has locked them, in a statement
-- before. Each statement in here has a snapshot of its own, so what is judged was read after the
-- lock: this is so only in READ COMMITTED, and in a VOLATILE function.
-- A plan for the lengths of each call's arrays would cost more than to run it, so a connection plans
-- once. That plan may be from when the tables were small: `lateral … limit 1` and no sequential scans
-- keep it on the indexes.
-- A message has the time of its conversation's activity, which never goes back. An erased person is
-- no member any more, and so nobody receives what is sent to them alone. One's own message moves one's
-- read mark to itself: behind it nothing is deleted yet.
CREATE OR REPLACE FUNCTION "append_messages"(
    "ids" UUID[], "conversation_ids" UUID[], "sender_ids" UUID[], "client_message_ids" TEXT[],
    "request_hashes" TEXT[], "bodies" TEXT[], "replies" TEXT[], "traces" TEXT[], "only_free" BOOLEAN
) RETURNS TABLE ("verdict" TEXT, "message_id" UUID, "seq" INTEGER, "created_at" TIMESTAMPTZ)
LANGUAGE plpgsql VOLATILE
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
    "wanted" TEXT[];
    "held" UUID[] := '{}';
BEGIN
    IF "only_free" THEN
        IF current_setting('transaction_isolation') <> 'read committed' THEN
            RAISE EXCEPTION 'append_messages needs READ COMMITTED, not %',
                upper(current_setting('transaction_isolation'));
        END IF;
        "wanted" := ARRAY(SELECT DISTINCT 'conversation:' || "id" FROM unnest("conversation_ids") AS "t"("id"));
        WITH "free" AS (
            SELECT "id" FROM "stream" WHERE "id" = ANY("wanted") ORDER BY "id" COLLATE "C"
            FOR NO KEY UPDATE SKIP LOCKED
        )
        SELECT coalesce(array_agg(substr("id", 14)::uuid), '{}') INTO "held"
        FROM "stream" WHERE "id" = ANY("wanted") AND "id" NOT IN (SELECT "id" FROM "free");
    END IF;

    RETURN QUERY
    WITH "input" AS (
        SELECT "ord", "id", "conversation_id", "sender_id", "client_message_id", "request_hash", "body",
            nullif("reply_to", '')::uuid AS "reply_to_id", "trace"
        FROM unnest("ids", "conversation_ids", "sender_ids", "client_message_ids", "request_hashes",
            "bodies", "replies", "traces")
            WITH ORDINALITY AS "t"("id", "conversation_id", "sender_id", "client_message_id",
            "request_hash", "body", "reply_to", "trace", "ord")
    ), "judged" AS (
        SELECT "input".*, "earlier"."id" AS "earlier_id",
            CASE
                WHEN "input"."conversation_id" = ANY("held") THEN 'held'
                WHEN standing_of("input"."sender_id", "input"."conversation_id") IS DISTINCT FROM 'MEMBER'
                    THEN 'notFound'
                WHEN "earlier"."request_hash" = "input"."request_hash" THEN 'replayed'
                WHEN "earlier"."id" IS NOT NULL THEN 'conflict'
                WHEN "nobody"."is_there" THEN 'recipientGone'
                WHEN "input"."reply_to_id" IS NOT NULL AND "replied"."id" IS NULL THEN 'replyNotFound'
                ELSE 'stored'
            END AS "verdict"
        FROM "input"
        LEFT JOIN LATERAL (
            SELECT "id", "request_hash" FROM "message"
            WHERE ("conversation_id", "sender_id", "client_message_id")
                = ("input"."conversation_id", "input"."sender_id", "input"."client_message_id") LIMIT 1
        ) AS "earlier" ON true
        LEFT JOIN LATERAL (
            SELECT true AS "is_there" FROM "conversation"
            WHERE "id" = "input"."conversation_id" AND "kind" = 'DIRECT' AND NOT EXISTS (
                SELECT FROM "member" WHERE "member"."conversation_id" = "conversation"."id"
                    AND "member"."user_id" <> "input"."sender_id"
            ) LIMIT 1
        ) AS "nobody" ON true
        LEFT JOIN LATERAL (
            SELECT "id" FROM "message" WHERE "id" = "input"."reply_to_id"
                AND "conversation_id" = "input"."conversation_id" LIMIT 1
        ) AS "replied" ON true
    ), "welcome" AS (
        SELECT *, first_value("id") OVER "same" AS "first_id",
            first_value("request_hash") OVER "same" AS "first_hash"
        FROM "judged" WHERE "verdict" = 'stored'
        WINDOW "same" AS (PARTITION BY "conversation_id", "sender_id", "client_message_id" ORDER BY "ord")
    ), "fresh" AS (
        SELECT *, row_number() OVER (PARTITION BY "conversation_id" ORDER BY "ord")::int AS "n"
        FROM "welcome" WHERE "id" = "first_id"
    ), "bumped" AS (
        UPDATE "stream" SET "last_seq" = "stream"."last_seq" + "counted"."n"
        FROM (SELECT "conversation_id", count(*)::int AS "n" FROM "fresh" GROUP BY 1) AS "counted"
        WHERE "stream"."id" = 'conversation:' || "counted"."conversation_id"
        RETURNING "counted"."conversation_id", "counted"."n", "stream"."last_seq" - "counted"."n" AS "base"
    ), "touched" AS (
        UPDATE "conversation" SET "activity_at" = greatest("activity_at", clock_timestamp()),
            "message_count" = "message_count" + "bumped"."n"
        FROM "bumped" WHERE "conversation"."id" = "bumped"."conversation_id"
        RETURNING "conversation"."id" AS "conversation_id", "bumped"."base", "activity_at",
            "message_count" - "bumped"."n" AS "counted"
    ), "stored" AS (
        INSERT INTO "message" ("id", "conversation_id", "seq", "sender_id", "client_message_id",
            "request_hash", "body", "reply_to_id", "created_at", "ordinal")
        SELECT "fresh"."id", "conversation_id", "touched"."base" + "fresh"."n", "sender_id",
            "client_message_id", "request_hash", "body", "reply_to_id", "touched"."activity_at",
            "touched"."counted" + "fresh"."n"
        FROM "fresh" JOIN "touched" USING ("conversation_id")
        RETURNING "id", "conversation_id", "seq", "sender_id", "created_at", "ordinal"
    ), "own" AS (
        SELECT "conversation_id", "sender_id", max("seq") AS "seq", max("ordinal") AS "ordinal"
        FROM "stored" GROUP BY 1, 2
    ), "read" AS (
        UPDATE "member" SET "read_seq" = "own"."seq", "read_ordinal" = "own"."ordinal",
            "uncounted_behind" = 0
        FROM "own" WHERE "member"."conversation_id" = "own"."conversation_id"
            AND "member"."user_id" = "own"."sender_id"
    ), "logged" AS (
        INSERT INTO "stream_entry" ("stream_id", "seq", "type", "payload", "created_at", "trace")
        SELECT 'conversation:' || "stored"."conversation_id", "stored"."seq", 'messageSent',
            jsonb_build_object('messageId', "id", 'actorId', "stored"."sender_id"),
            "stored"."created_at", "fresh"."trace"
        FROM "stored" JOIN "fresh" USING ("id")
    )
    SELECT
        CASE WHEN "welcome"."id" = "first_id" OR "welcome"."id" IS NULL THEN "judged"."verdict"
            WHEN "welcome"."request_hash" = "first_hash" THEN 'replayed' ELSE 'conflict' END,
        coalesce("first_id", "judged"."earlier_id", "judged"."id"),
        "stored"."seq", "stored"."created_at"
    FROM "judged"
    LEFT JOIN "welcome" ON "welcome"."ord" = "judged"."ord"
    LEFT JOIN "stored" ON "stored"."id" = "judged"."id"
    ORDER BY "judged"."ord";
END
$$;
