-- The function of the previous release, which calls this one without "extras".
DROP FUNCTION "append_messages"(UUID[], UUID[], UUID[], TEXT[], TEXT[], TEXT[], TEXT[], TEXT[], BOOLEAN);

-- Whether a member sees the message at a seq: not from before they see the log, not in a history that they
-- cleared, and not deleted by them for themselves.
CREATE FUNCTION "sees"("person" UUID, "conversation" UUID, "seq" INTEGER) RETURNS BOOLEAN
LANGUAGE SQL STABLE
RETURN EXISTS (
    SELECT FROM "member"
    WHERE "member"."conversation_id" = "sees"."conversation" AND "member"."user_id" = "sees"."person"
        AND "sees"."seq" > "member"."cleared_seq" AND "sees"."seq" >= "member"."visible_from_seq"
        AND NOT EXISTS (
            SELECT FROM "hidden_message"
            WHERE "hidden_message"."conversation_id" = "member"."conversation_id"
                AND "hidden_message"."user_id" = "member"."user_id" AND "hidden_message"."seq" = "sees"."seq"
        )
);

-- Judges messages and stores the accepted ones with their entries; one row for each, in their order.
-- With "only_free" it locks the streams itself, without waiting: messages of a stream that another
-- transaction holds are 'held' and untouched. Otherwise the caller has locked them, in a statement
-- before. Each statement in here has a snapshot of its own, so what is judged was read after the
-- lock: this is so only in READ COMMITTED, and in a VOLATILE function.
-- A plan for the lengths of each call's arrays would cost more than to run it, so a connection plans
-- once. That plan may be from when the tables were small: `lateral … limit 1` and no sequential scans
-- keep it on the indexes.
-- The settings of a group decide who may write (may_write), and nobody replies to a message that they
-- do not see.
-- A message has the time of its conversation's activity, which never goes back. An erased person is
-- no member any more, and so nobody receives what is sent to them alone. One's own message moves one's
-- read mark to itself: behind it nothing is deleted yet. A direct conversation that the other has not
-- accepted takes one message, which sends the request.
-- "extras" has what few messages have: "threadRootId", "isForwarded", "mentions", "isMentioningAll",
-- "attachmentIds" of new files, "attachmentsOf" a message that is forwarded. Of two messages of one call
-- with the same new file, the first gets it. A reply of a thread counts for its thread, not for the main
-- timeline; who writes in a thread follows it and has read it up to there. Its entry is hidden where
-- some members do not see how the thread begins.
CREATE FUNCTION "append_messages"(
    "ids" UUID[], "conversation_ids" UUID[], "sender_ids" UUID[], "client_message_ids" TEXT[],
    "request_hashes" TEXT[], "bodies" TEXT[], "replies" TEXT[], "traces" TEXT[], "only_free" BOOLEAN,
    "extras" JSONB[] DEFAULT '{}'
) RETURNS TABLE ("verdict" TEXT, "message_id" UUID, "seq" INTEGER, "created_at" TIMESTAMPTZ,
    "thread_root_seq" INTEGER, "is_hidden" BOOLEAN)
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

    -- A file stays until this transaction ends: who removes it waits, and then sees the message. Behind
    -- one who was faster, the file is not there when the message is judged.
    IF EXISTS (
        SELECT FROM unnest("extras") AS "extra" WHERE "extra" ?| ARRAY['attachmentIds', 'attachmentsOf']
    ) THEN
        PERFORM FROM "file" WHERE "id" IN (
            SELECT jsonb_array_elements_text("extra"->'attachmentIds')::uuid FROM unnest("extras") AS "extra"
            UNION SELECT "file_id" FROM "attachment" JOIN unnest("extras") AS "extra"
                ON "attachment"."message_id" = ("extra"->>'attachmentsOf')::uuid
        ) ORDER BY "id" FOR KEY SHARE;
    END IF;

    RETURN QUERY
    WITH "input" AS (
        SELECT "ord", "id", "conversation_id", "sender_id", "client_message_id", "request_hash", "body",
            nullif("reply_to", '')::uuid AS "reply_to_id", "trace",
            ("extra"->>'threadRootId')::uuid AS "thread_root_id",
            coalesce(("extra"->>'isForwarded')::boolean, false) AS "is_forwarded",
            coalesce("extra"->'mentions', '[]') AS "mentions",
            coalesce(("extra"->>'isMentioningAll')::boolean, false) AS "is_mentioning_all",
            coalesce("extra"->'attachmentIds', '[]') AS "attachments",
            ("extra"->>'attachmentsOf')::uuid AS "attachments_of"
        FROM unnest("ids", "conversation_ids", "sender_ids", "client_message_ids", "request_hashes",
            "bodies", "replies", "traces", "extras")
            WITH ORDINALITY AS "t"("id", "conversation_id", "sender_id", "client_message_id",
            "request_hash", "body", "reply_to", "trace", "extra", "ord")
    ), "judged" AS (
        SELECT "input".*, "earlier"."id" AS "earlier_id", coalesce("alone"."is_asking", false) AS "is_asking",
            "root"."seq" AS "thread_root_seq",
            "root"."seq" IS NOT NULL AND "root"."seq" < (
                SELECT max("visible_from_seq") FROM "member"
                WHERE "member"."conversation_id" = "input"."conversation_id"
            ) AS "is_hidden",
            CASE
                WHEN "input"."conversation_id" = ANY("held") THEN 'held'
                WHEN standing_of("input"."sender_id", "input"."conversation_id") IS DISTINCT FROM 'MEMBER'
                    THEN 'notFound'
                WHEN "earlier"."request_hash" = "input"."request_hash" THEN 'replayed'
                WHEN "earlier"."id" IS NOT NULL THEN 'conflict'
                WHEN "alone"."is_asking" AND "alone"."has_asked" THEN 'requestPending'
                WHEN NOT "alone"."is_asking" THEN 'recipientGone'
                WHEN NOT may_write("input"."sender_id", "input"."conversation_id") THEN 'notAllowed'
                WHEN "input"."reply_to_id" IS NOT NULL AND "replied"."id" IS NULL THEN 'replyNotFound'
                WHEN "input"."thread_root_id" IS NOT NULL AND "root"."id" IS NULL THEN 'threadNotFound'
                WHEN "root"."thread_root_id" IS NOT NULL THEN 'threadNested'
                WHEN "root"."deleted_at" IS NOT NULL THEN 'threadDeleted'
                WHEN "input"."mentions" <> '[]' AND NOT are_members("input"."mentions", "input"."conversation_id")
                    THEN 'mentionNotMember'
                WHEN "input"."is_mentioning_all"
                    AND NOT may_mention_all("input"."sender_id", "input"."conversation_id") THEN 'mayNotMentionAll'
                WHEN "input"."attachments" <> '[]' AND NOT are_usable("input"."attachments",
                    "input"."sender_id", "input"."conversation_id") THEN 'attachmentNotUsable'
                WHEN "input"."attachments_of" IS NOT NULL AND NOT has_files("input"."attachments_of")
                    THEN 'attachmentNotUsable'
                ELSE 'stored'
            END AS "verdict"
        FROM "input"
        LEFT JOIN LATERAL (
            SELECT "id", "request_hash" FROM "message"
            WHERE ("conversation_id", "sender_id", "client_message_id")
                = ("input"."conversation_id", "input"."sender_id", "input"."client_message_id") LIMIT 1
        ) AS "earlier" ON true
        LEFT JOIN LATERAL (
            SELECT
                EXISTS (SELECT FROM "message_request"
                    WHERE "message_request"."conversation_id" = "conversation"."id") AS "is_asking",
                EXISTS (SELECT FROM "message"
                    WHERE "message"."conversation_id" = "conversation"."id") AS "has_asked"
            FROM "conversation"
            WHERE "id" = "input"."conversation_id" AND "kind" = 'DIRECT' AND NOT EXISTS (
                SELECT FROM "member" WHERE "member"."conversation_id" = "conversation"."id"
                    AND "member"."user_id" <> "input"."sender_id"
            ) LIMIT 1
        ) AS "alone" ON true
        LEFT JOIN LATERAL (
            SELECT "message"."id" FROM "message"
            WHERE "message"."id" = "input"."reply_to_id"
                AND "message"."conversation_id" = "input"."conversation_id"
                AND sees("input"."sender_id", "input"."conversation_id", "message"."seq") LIMIT 1
        ) AS "replied" ON true
        LEFT JOIN LATERAL (
            SELECT "message"."id", "message"."seq", "message"."thread_root_id", "message"."deleted_at"
            FROM "message"
            WHERE "message"."id" = "input"."thread_root_id"
                AND "message"."conversation_id" = "input"."conversation_id"
                AND sees("input"."sender_id", "input"."conversation_id", "message"."seq") LIMIT 1
        ) AS "root" ON true
    ), "welcome" AS (
        SELECT *, first_value("id") OVER "same" AS "first_id",
            first_value("request_hash") OVER "same" AS "first_hash"
        FROM "judged" WHERE "verdict" = 'stored'
        WINDOW "same" AS (PARTITION BY "conversation_id", "sender_id", "client_message_id" ORDER BY "ord")
    ), "tried" AS (
        SELECT *, row_number() OVER (PARTITION BY "conversation_id" ORDER BY "ord") AS "nth",
            "attachments" <> '[]' AND EXISTS (
                SELECT FROM "welcome" AS "earlier"
                WHERE "earlier"."ord" < "welcome"."ord" AND "earlier"."id" = "earlier"."first_id"
                    AND "earlier"."attachments"
                        ?| ARRAY(SELECT jsonb_array_elements_text("welcome"."attachments"))
            ) AS "is_doubled"
        FROM "welcome" WHERE "id" = "first_id"
    ), "fresh" AS (
        SELECT *, row_number() OVER "talk"::int AS "n",
            (count(*) FILTER (WHERE "thread_root_id" IS NULL) OVER "talk")::int AS "main_n",
            row_number() OVER (PARTITION BY "thread_root_id" ORDER BY "ord")::int AS "thread_n"
        FROM "tried" WHERE ("nth" = 1 OR NOT "is_asking") AND NOT "is_doubled"
        WINDOW "talk" AS (PARTITION BY "conversation_id" ORDER BY "ord")
    ), "bumped" AS (
        UPDATE "stream" SET "last_seq" = "stream"."last_seq" + "counted"."n"
        FROM (SELECT "conversation_id", count(*)::int AS "n", max("main_n") AS "main_n"
            FROM "fresh" GROUP BY 1) AS "counted"
        WHERE "stream"."id" = 'conversation:' || "counted"."conversation_id"
        RETURNING "counted"."conversation_id", "counted"."main_n", "stream"."last_seq" - "counted"."n" AS "base"
    ), "touched" AS (
        UPDATE "conversation" SET "activity_at" = greatest("activity_at", clock_timestamp()),
            "message_count" = "message_count" + "bumped"."main_n"
        FROM "bumped" WHERE "conversation"."id" = "bumped"."conversation_id"
        RETURNING "conversation"."id" AS "conversation_id", "bumped"."base", "activity_at",
            "message_count" - "bumped"."main_n" AS "counted"
    ), "stored" AS (
        INSERT INTO "message" ("id", "conversation_id", "seq", "sender_id", "client_message_id",
            "request_hash", "body", "reply_to_id", "created_at", "ordinal",
            "thread_root_id", "reply_ordinal", "is_forwarded", "is_mentioning_all")
        SELECT "fresh"."id", "conversation_id", "touched"."base" + "fresh"."n", "sender_id",
            "client_message_id", "request_hash", "body", "reply_to_id", "touched"."activity_at",
            CASE WHEN "thread_root_id" IS NULL THEN "touched"."counted" + "main_n" END,
            "thread_root_id", CASE WHEN "thread_root_id" IS NOT NULL
                THEN coalesce("thread"."reply_total", 0) + "fresh"."thread_n" END,
            "is_forwarded", "is_mentioning_all"
        FROM "fresh" JOIN "touched" USING ("conversation_id")
        LEFT JOIN "thread" ON "thread"."root_id" = "fresh"."thread_root_id"
        RETURNING "id", "conversation_id", "seq", "sender_id", "created_at", "ordinal", "thread_root_id",
            "reply_ordinal"
    ), "own" AS (
        SELECT "conversation_id", "sender_id", max("seq") AS "seq", max("ordinal") AS "ordinal"
        FROM "stored" WHERE "ordinal" IS NOT NULL GROUP BY 1, 2
    ), "read" AS (
        UPDATE "member" SET "read_seq" = "own"."seq", "read_ordinal" = "own"."ordinal",
            "uncounted_behind" = 0, "is_told" = false
        FROM "own" WHERE "member"."conversation_id" = "own"."conversation_id"
            AND "member"."user_id" = "own"."sender_id"
    ), "threaded" AS (
        INSERT INTO "thread" ("root_id", "reply_count", "reply_total", "last_reply_seq", "last_reply_at")
        SELECT "thread_root_id", count(*)::int, count(*)::int, max("seq"), max("created_at")
        FROM "stored" WHERE "thread_root_id" IS NOT NULL GROUP BY 1
        ON CONFLICT ("root_id") DO UPDATE SET
            "reply_count" = "thread"."reply_count" + excluded."reply_count",
            "reply_total" = "thread"."reply_total" + excluded."reply_total",
            "last_reply_seq" = excluded."last_reply_seq", "last_reply_at" = excluded."last_reply_at"
        RETURNING "root_id"
    ), "followed" AS (
        -- Behind the rows of threads, which a mark that moves locks first too.
        INSERT INTO "thread_mark" ("conversation_id", "user_id", "root_id", "read_seq", "is_following",
            "read_ordinal", "uncounted_behind")
        SELECT "conversation_id", "sender_id", "root_id", max("seq"), true, max("reply_ordinal"), 0
        FROM "stored" JOIN "threaded" ON "threaded"."root_id" = "stored"."thread_root_id" GROUP BY 1, 2, 3
        ON CONFLICT ("conversation_id", "user_id", "root_id") DO UPDATE SET
            "read_seq" = excluded."read_seq", "is_following" = true,
            "read_ordinal" = excluded."read_ordinal", "uncounted_behind" = 0
    ), "mentioned" AS (
        INSERT INTO "mention" ("message_id", "start", "length", "user_id", "conversation_id", "seq")
        SELECT "stored"."id", "start", "length", "userId", "stored"."conversation_id", "stored"."seq"
        FROM "stored" JOIN "fresh" USING ("id") CROSS JOIN LATERAL jsonb_to_recordset("fresh"."mentions")
            AS "given"("userId" UUID, "start" INTEGER, "length" INTEGER)
    ), "attached" AS (
        INSERT INTO "attachment" ("message_id", "position", "file_id")
        SELECT "stored"."id", "given"."position"::int, "given"."file_id"::uuid
        FROM "stored" JOIN "fresh" USING ("id") CROSS JOIN LATERAL
            jsonb_array_elements_text("fresh"."attachments") WITH ORDINALITY AS "given"("file_id", "position")
        RETURNING "file_id", "message_id"
    ), "forwarded" AS (
        INSERT INTO "attachment" ("message_id", "position", "file_id")
        SELECT "stored"."id", "original"."position", "original"."file_id"
        FROM "stored" JOIN "fresh" USING ("id")
        JOIN "attachment" AS "original" ON "original"."message_id" = "fresh"."attachments_of"
        JOIN "file" ON "file"."id" = "original"."file_id"
    ), "used" AS (
        UPDATE "file" SET "used_at" = "stored"."created_at"
        FROM "attached" JOIN "stored" ON "stored"."id" = "attached"."message_id"
        WHERE "file"."id" = "attached"."file_id"
    ), "telling" AS (
        INSERT INTO "telling" ("conversation_id", "head", "told_seq")
        SELECT "conversation_id", max("seq"), min("seq") - 1 FROM "stored" GROUP BY 1
        ON CONFLICT ("conversation_id") DO UPDATE SET "head" = excluded."head"
    ), "logged" AS (
        INSERT INTO "stream_entry" ("stream_id", "seq", "type", "payload", "created_at", "trace")
        SELECT 'conversation:' || "stored"."conversation_id", "stored"."seq", 'messageSent',
            jsonb_build_object('messageId', "id", 'actorId', "stored"."sender_id")
                || CASE WHEN "is_hidden" THEN '{"isHidden": true}'::jsonb ELSE '{}' END,
            "stored"."created_at", "fresh"."trace"
        FROM "stored" JOIN "fresh" USING ("id")
    )
    SELECT
        CASE WHEN "welcome"."id" IS NOT NULL AND "first"."id" IS NULL THEN
                CASE WHEN "tried"."is_doubled" THEN 'attachmentNotUsable' ELSE 'requestPending' END
            WHEN "welcome"."id" = "welcome"."first_id" OR "welcome"."id" IS NULL THEN "judged"."verdict"
            WHEN "welcome"."request_hash" = "welcome"."first_hash" THEN 'replayed' ELSE 'conflict' END,
        coalesce("welcome"."first_id", "judged"."earlier_id", "judged"."id"),
        "stored"."seq", "stored"."created_at", "judged"."thread_root_seq", "judged"."is_hidden"
    FROM "judged"
    LEFT JOIN "welcome" ON "welcome"."ord" = "judged"."ord"
    LEFT JOIN "tried" ON "tried"."id" = "welcome"."first_id"
    LEFT JOIN "stored" ON "stored"."id" = "judged"."id"
    LEFT JOIN "stored" AS "first" ON "first"."id" = "welcome"."first_id"
    ORDER BY "judged"."ord";

    IF EXISTS (
        SELECT FROM unnest("extras") AS "extra" WHERE "extra" ?| ARRAY['mentions', 'isMentioningAll']
    ) THEN
        PERFORM count_mentions("ids");
    END IF;

    IF EXISTS (SELECT FROM "message_request"
        WHERE "conversation_id" = ANY("conversation_ids") AND "sent_at" IS NULL) THEN
        PERFORM "send_requests"("conversation_ids");
    END IF;
END
$$;
