-- A message that a member deleted for themselves mentions them no more.
CREATE OR REPLACE FUNCTION "mentions_behind"("conversation" UUID, "person" UUID, "after_seq" INTEGER)
RETURNS INTEGER
LANGUAGE SQL STABLE
RETURN (
    SELECT count(*)::int FROM (
        SELECT "message_id" AS "id" FROM "mention"
        WHERE "user_id" = "person" AND "conversation_id" = "conversation" AND "seq" > "after_seq"
        UNION
        SELECT "message"."id" FROM "message"
        WHERE "message"."is_mentioning_all" AND "message"."conversation_id" = "conversation"
            AND "message"."seq" > "after_seq"
    ) AS "mentioning"
    JOIN "message" USING ("id")
    WHERE "message"."sender_id" <> "person" AND "message"."deleted_at" IS NULL
        AND "message"."thread_root_id" IS NULL AND NOT EXISTS (
            SELECT FROM "hidden_message"
            WHERE "hidden_message"."conversation_id" = "message"."conversation_id"
                AND "hidden_message"."user_id" = "person" AND "hidden_message"."seq" = "message"."seq"
        )
);

CREATE OR REPLACE FUNCTION "uncount_hidden"() RETURNS TRIGGER
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    UPDATE "member"
    SET "uncounted_behind" = uncounted_behind("conversation_id", "user_id", "read_seq"),
        "unread_mentions" = mentions_behind("conversation_id", "user_id", "read_seq")
    WHERE "conversation_id" = NEW."conversation_id" AND "user_id" = NEW."user_id";
    RETURN NULL;
END
$$;
