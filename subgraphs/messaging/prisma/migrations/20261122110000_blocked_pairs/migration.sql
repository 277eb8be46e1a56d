-- A blocked pair cannot use its direct conversation; what was said stays, and so do groups.
CREATE OR REPLACE FUNCTION "standing_of"("person" UUID, "conversation" UUID) RETURNS TEXT
LANGUAGE SQL STABLE
RETURN (
    SELECT CASE WHEN EXISTS (
        SELECT FROM "conversation" AS "direct"
        JOIN "member" AS "other"
            ON "other"."conversation_id" = "direct"."id" AND "other"."user_id" <> "standing_of"."person"
        JOIN "block" ON "block"."is_blocked" AND ("block"."blocker_id", "block"."blocked_id") IN (
            ("standing_of"."person", "other"."user_id"), ("other"."user_id", "standing_of"."person"))
        WHERE "direct"."id" = "standing_of"."conversation" AND "direct"."kind" = 'DIRECT'
    ) THEN 'BLOCKED' ELSE 'MEMBER' END
    FROM "member"
    WHERE "member"."conversation_id" = "standing_of"."conversation"
        AND "member"."user_id" = "standing_of"."person"
);
