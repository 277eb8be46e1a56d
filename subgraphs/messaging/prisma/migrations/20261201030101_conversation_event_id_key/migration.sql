-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "conversation_event_id_key" ON "conversation"("event_id");
