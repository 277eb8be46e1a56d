-- CreateIndex
CREATE INDEX CONCURRENTLY "message_sender_id_idx" ON "message"("sender_id");
