-- The replies of a thread.
CREATE INDEX CONCURRENTLY "message_thread_idx" ON "message"("thread_root_id", "seq") WHERE "thread_root_id" IS NOT NULL;
