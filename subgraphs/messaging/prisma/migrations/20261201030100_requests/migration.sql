-- AlterTable
ALTER TABLE "conversation" ADD COLUMN     "event_id" UUID;

-- CreateTable
CREATE TABLE "message_request" (
    "conversation_id" UUID NOT NULL,
    "receiver_id" UUID NOT NULL,
    "sender_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "refused_at" TIMESTAMPTZ(3),

    CONSTRAINT "message_request_pkey" PRIMARY KEY ("conversation_id","receiver_id")
);

-- CreateTable
CREATE TABLE "event" (
    "id" UUID NOT NULL,
    "organizer_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "registration" (
    "id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "is_hidden" BOOLEAN NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "registration_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "message_request_receiver_id_sent_at_idx" ON "message_request"("receiver_id", "sent_at");

-- CreateIndex
CREATE INDEX "message_request_sender_id_idx" ON "message_request"("sender_id");

-- CreateIndex
CREATE INDEX "event_organizer_id_idx" ON "event"("organizer_id");

-- CreateIndex
CREATE INDEX "registration_event_id_person_id_idx" ON "registration"("event_id", "person_id");

-- CreateIndex
CREATE INDEX "registration_person_id_idx" ON "registration"("person_id");


-- What Prisma's schema language cannot say.

-- Requests that the next message of their conversation sends.
CREATE INDEX "message_request_unsent_idx" ON "message_request"("conversation_id") WHERE "sent_at" IS NULL;

-- A person who joins a conversation, however they do, has no request for it any more.
CREATE FUNCTION "delete_requests_of_joined"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM "message_request" USING "joined"
    WHERE "message_request"."conversation_id" = "joined"."conversation_id"
        AND "message_request"."receiver_id" = "joined"."user_id";
    RETURN NULL;
END
$$;
CREATE TRIGGER "member_joined" AFTER INSERT ON "member" REFERENCING NEW TABLE AS "joined"
    FOR EACH STATEMENT EXECUTE FUNCTION "delete_requests_of_joined"();

-- Marks the requests as sent whose conversation has a message now, and tells their receivers in
-- their own logs. The caller holds the locks of the conversations' streams, which are locked before
-- those of people.
CREATE FUNCTION "send_requests"("conversation_ids" UUID[]) RETURNS VOID
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
    "told" TEXT[];
BEGIN
    WITH "sent" AS (
        UPDATE "message_request" SET "sent_at" = (
            SELECT min("created_at") FROM "message"
            WHERE "message"."conversation_id" = "message_request"."conversation_id"
        )
        WHERE "conversation_id" = ANY("conversation_ids") AND "sent_at" IS NULL AND EXISTS (
            SELECT FROM "message"
            WHERE "message"."conversation_id" = "message_request"."conversation_id"
        )
        RETURNING "receiver_id", "conversation_id"
    )
    SELECT array_agg("receiver_id" || ' ' || "conversation_id" ORDER BY "receiver_id") INTO "told"
    FROM "sent";
    IF "told" IS NULL THEN RETURN; END IF;

    INSERT INTO "stream" ("id")
    SELECT DISTINCT 'person:' || split_part("each", ' ', 1) COLLATE "C" FROM unnest("told") AS "each" ORDER BY 1
    ON CONFLICT ("id") DO UPDATE SET "last_seq" = "stream"."last_seq";

    WITH "entries" AS (
        SELECT 'person:' || split_part("each", ' ', 1) AS "stream_id",
            split_part("each", ' ', 2) AS "conversation_id",
            row_number() OVER (PARTITION BY split_part("each", ' ', 1) ORDER BY "each")::int AS "n"
        FROM unnest("told") AS "each"
    ), "bumped" AS (
        UPDATE "stream" SET "last_seq" = "stream"."last_seq" + "counted"."n"
        FROM (SELECT "stream_id", count(*)::int AS "n" FROM "entries" GROUP BY 1) AS "counted"
        WHERE "stream"."id" = "counted"."stream_id"
        RETURNING "stream"."id", "stream"."last_seq" - "counted"."n" AS "base"
    )
    INSERT INTO "stream_entry" ("stream_id", "seq", "type", "payload", "created_at")
    SELECT "bumped"."id", "bumped"."base" + "entries"."n", 'requestChanged',
        jsonb_build_object('conversationId', "entries"."conversation_id", 'isOpen', true), clock_timestamp()
    FROM "entries" JOIN "bumped" ON "bumped"."id" = "entries"."stream_id";
END
$$;

-- By the pair, because of a direct conversation that is still a request only one is a member.
CREATE OR REPLACE FUNCTION "standing_of"("person" UUID, "conversation" UUID) RETURNS TEXT
LANGUAGE SQL STABLE
RETURN (
    SELECT CASE WHEN EXISTS (
        SELECT FROM "conversation" AS "direct"
        JOIN "block" ON "block"."is_blocked" AND ("block"."blocker_id", "block"."blocked_id") IN (
            ("direct"."pair_low", "direct"."pair_high"), ("direct"."pair_high", "direct"."pair_low"))
        WHERE "direct"."id" = "standing_of"."conversation" AND "direct"."kind" = 'DIRECT'
    ) THEN 'BLOCKED' ELSE 'MEMBER' END
    FROM "member"
    WHERE "member"."conversation_id" = "standing_of"."conversation"
        AND "member"."user_id" = "standing_of"."person"
);
