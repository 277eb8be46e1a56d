-- The threads that a person follows.
CREATE INDEX CONCURRENTLY "thread_mark_followed_idx" ON "thread_mark"("user_id") WHERE "is_following";
