-- Version 7: images may be in a bucket. Where they are, in a bucket or in this database, each has a row.

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
--- both
CREATE INDEX images_going ON images (going_ms) WHERE going_ms IS NOT NULL;
