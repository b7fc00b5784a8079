-- Version 7: how long the queue waits is known. Images may be in a bucket; there, and in this database, each has a row.

ALTER TABLE jobs ADD COLUMN queued_ms INTEGER; -- by the database's clock: when it began to wait

--- sqlite
CREATE TABLE images (
    sha256 TEXT PRIMARY KEY,
    image_bytes INTEGER NOT NULL,
    kept_ms INTEGER NOT NULL,         -- when it came, or was asked to stay, at last
    going_ms INTEGER                  -- it is taken out of the bucket, and not tried again before; NULL: it stays
);
CREATE INDEX images_by_age ON images (kept_ms);
--- postgres
ALTER TABLE images ADD COLUMN going_ms INTEGER; -- it is taken out of the bucket, and not tried again before; NULL: it stays
ALTER TABLE jobs ALTER COLUMN queued_ms SET DEFAULT database_ms(); -- for nodes that do not know it yet
--- both
CREATE INDEX images_going ON images (going_ms) WHERE going_ms IS NOT NULL;
