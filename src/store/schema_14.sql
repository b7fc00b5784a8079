-- Version 14: a paused batch holds what comes in later, too.

ALTER TABLE batches ADD COLUMN is_paused INTEGER NOT NULL DEFAULT 0;
