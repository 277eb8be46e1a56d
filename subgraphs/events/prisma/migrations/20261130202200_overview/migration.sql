-- CreateIndex
CREATE INDEX "person_search_text_idx" ON "person" USING GIN ("search_text" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "registration_event_id_status_requested_seq_idx" ON "registration"("event_id", "status", "requested_seq");
