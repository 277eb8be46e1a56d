-- The person whose message begins a thread follows it from its first reply, as those do who reply, until
-- they stop. Their mark alone says it, so that the threads of a person are found by their marks.

CREATE FUNCTION "follow_own_thread"() RETURNS TRIGGER
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    INSERT INTO "thread_mark" ("conversation_id", "user_id", "root_id", "read_seq", "is_following")
    SELECT "member"."conversation_id", "member"."user_id", NEW."root_id", 0, true
    FROM "message" JOIN "member" ON "member"."conversation_id" = "message"."conversation_id"
        AND "member"."user_id" = "message"."sender_id"
    WHERE "message"."id" = NEW."root_id"
    ON CONFLICT ("conversation_id", "user_id", "root_id") DO NOTHING;
    RETURN NULL;
END
$$;
CREATE TRIGGER "thread_begins" AFTER INSERT ON "thread"
FOR EACH ROW EXECUTE FUNCTION "follow_own_thread"();

-- Those of the threads that are there.
INSERT INTO "thread_mark" ("conversation_id", "user_id", "root_id", "read_seq", "is_following")
SELECT "member"."conversation_id", "member"."user_id", "thread"."root_id", 0, true
FROM "thread" JOIN "message" ON "message"."id" = "thread"."root_id"
JOIN "member" ON "member"."conversation_id" = "message"."conversation_id"
    AND "member"."user_id" = "message"."sender_id"
ON CONFLICT ("conversation_id", "user_id", "root_id") DO UPDATE SET "is_following" = true;
