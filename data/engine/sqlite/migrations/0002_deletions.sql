-- The devices that an act deleted, many ids to a row: an index over deleted devices and a row for each would cost deleting and its
-- undoing more. They stay when the act is undone; of a device that is deleted, the latest one stands.
CREATE TABLE deletions (
    activity_id INTEGER NOT NULL REFERENCES activity (id),
    block       INTEGER NOT NULL, -- the ids divided by 1000
    devices     TEXT NOT NULL,    -- ids as JSON
    PRIMARY KEY (activity_id, block)
);
CREATE INDEX deletions_block ON deletions (block);

INSERT INTO deletions (activity_id, block, devices)
SELECT activity_id, device_id / 1000, json_group_array(device_id) FROM (
    SELECT deleted_by AS activity_id, id AS device_id FROM devices WHERE deleted_by IS NOT NULL
    UNION SELECT p.activity_id, p.device_id FROM placements p JOIN activity a ON a.id = p.activity_id WHERE a.event = 'devices deleted')
GROUP BY activity_id, device_id / 1000;
DELETE FROM placements WHERE activity_id IN (SELECT id FROM activity WHERE event = 'devices deleted');

-- A deleted device stays for its history and for undo, but frees its identifiers. What refers to what: see 0001.
CREATE TABLE devices_anew (
    id           INTEGER PRIMARY KEY,
    upload_id    INTEGER NOT NULL REFERENCES uploads (id) DEFERRABLE INITIALLY DEFERRED,
    model        TEXT NOT NULL DEFAULT '',
    order_number TEXT NOT NULL DEFAULT '', -- its own, else the upload's
    imei1        TEXT,
    serial       TEXT,
    imei2        TEXT,
    meid         TEXT,
    moved_id     INTEGER REFERENCES uploads (id) DEFERRABLE INITIALLY DEFERRED,
    deleted      INTEGER, -- NULL or 1: neither takes a byte, so that deleting writes the row over in its place
    failure      TEXT, -- the portal's reason: MPTS error
    CHECK (coalesce(imei1, imei2, meid, serial) IS NOT NULL),
    CHECK (imei1 <> imei2)
);

INSERT INTO devices_anew (id, upload_id, model, order_number, imei1, serial, imei2, meid, moved_id, deleted, failure)
SELECT id, upload_id, model, order_number, imei1, serial, imei2, meid, moved_id, CASE WHEN deleted_by IS NOT NULL THEN 1 END, failure
FROM devices ORDER BY id;
DROP TABLE devices;
ALTER TABLE devices_anew RENAME TO devices;
CREATE UNIQUE INDEX devices_imei1 ON devices (imei1) WHERE imei1 IS NOT NULL AND deleted IS NULL;
CREATE UNIQUE INDEX devices_imei2 ON devices (imei2) WHERE imei2 IS NOT NULL AND deleted IS NULL;
CREATE UNIQUE INDEX devices_meid ON devices (meid) WHERE meid IS NOT NULL AND deleted IS NULL;
CREATE UNIQUE INDEX devices_serial ON devices (serial) WHERE serial IS NOT NULL AND deleted IS NULL;
CREATE INDEX devices_upload ON devices (upload_id) WHERE deleted IS NULL;
CREATE INDEX devices_moved ON devices (moved_id) WHERE moved_id IS NOT NULL AND deleted IS NULL;
CREATE INDEX devices_failed ON devices (upload_id) WHERE failure IS NOT NULL AND deleted IS NULL;

-- An IMEI is unique over both columns together among living devices (domain §2).
CREATE TRIGGER devices_imei_insert BEFORE INSERT ON devices WHEN NEW.deleted IS NULL
BEGIN
    SELECT RAISE(FAIL, 'IMEI taken by a living device')
    WHERE EXISTS (SELECT 1 FROM devices WHERE imei2 = NEW.imei1 AND deleted IS NULL)
       OR EXISTS (SELECT 1 FROM devices WHERE imei1 = NEW.imei2 AND deleted IS NULL);
END;
CREATE TRIGGER devices_imei_update AFTER UPDATE OF imei1, imei2, deleted ON devices WHEN NEW.deleted IS NULL
BEGIN
    SELECT RAISE(FAIL, 'IMEI taken by a living device')
    WHERE EXISTS (SELECT 1 FROM devices WHERE imei2 = NEW.imei1 AND deleted IS NULL AND id <> NEW.id)
       OR EXISTS (SELECT 1 FROM devices WHERE imei1 = NEW.imei2 AND deleted IS NULL AND id <> NEW.id);
END;

DROP TABLE upload_models;
-- Living devices per upload, model and order number: what the overviews count and filters choose from.
CREATE TABLE upload_models (
    upload_id    INTEGER NOT NULL REFERENCES uploads (id),
    model        TEXT NOT NULL,
    order_number TEXT NOT NULL,
    devices      INTEGER NOT NULL,
    PRIMARY KEY (upload_id, model, order_number)
) WITHOUT ROWID;

INSERT INTO upload_models (upload_id, model, order_number, devices)
SELECT upload, model, order_number, count(*) FROM (
    SELECT upload_id AS upload, model, order_number FROM devices WHERE deleted IS NULL
    UNION ALL SELECT moved_id, model, order_number FROM devices WHERE deleted IS NULL AND moved_id IS NOT NULL)
GROUP BY 1, 2, 3;
