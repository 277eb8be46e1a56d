-- The main timeline, without replies of threads.
CREATE INDEX CONCURRENTLY "message_main_idx" ON "message"("conversation_id", "seq") WHERE "thread_root_id" IS NULL;
