-- Version 10: whether a document's bar codes are read too.

ALTER TABLE documents ADD COLUMN codes INTEGER NOT NULL DEFAULT 0; -- 1: they are
