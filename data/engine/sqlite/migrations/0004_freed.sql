-- A deleted device keeps its places in the indexes of identifiers until another device needs one of them (freed): so deleting and its
-- undoing leave these indexes alone, which lie all over the file. What is unique is so still: the program frees before it writes.
ALTER TABLE devices ADD COLUMN freed INTEGER CHECK (freed IS NULL OR deleted IS NOT NULL); -- NULL or 1: neither takes a byte
UPDATE devices SET freed = 1 WHERE deleted IS NOT NULL;

DROP TRIGGER devices_imei_insert;
DROP TRIGGER devices_imei_update;
DROP INDEX devices_imei1;
DROP INDEX devices_imei2;
DROP INDEX devices_meid;
DROP INDEX devices_serial;
CREATE UNIQUE INDEX devices_imei1 ON devices (imei1) WHERE imei1 IS NOT NULL AND freed IS NULL;
CREATE UNIQUE INDEX devices_imei2 ON devices (imei2) WHERE imei2 IS NOT NULL AND freed IS NULL;
CREATE UNIQUE INDEX devices_meid ON devices (meid) WHERE meid IS NOT NULL AND freed IS NULL;
CREATE UNIQUE INDEX devices_serial ON devices (serial) WHERE serial IS NOT NULL AND freed IS NULL;

-- An IMEI is unique over both columns together among devices that hold theirs, so among living ones (domain §2).
CREATE TRIGGER devices_imei_insert BEFORE INSERT ON devices WHEN NEW.freed IS NULL
BEGIN
    SELECT RAISE(FAIL, 'IMEI taken')
    WHERE EXISTS (SELECT 1 FROM devices WHERE imei2 = NEW.imei1 AND freed IS NULL)
       OR EXISTS (SELECT 1 FROM devices WHERE imei1 = NEW.imei2 AND freed IS NULL);
END;
CREATE TRIGGER devices_imei_update AFTER UPDATE OF imei1, imei2, freed ON devices WHEN NEW.freed IS NULL
BEGIN
    SELECT RAISE(FAIL, 'IMEI taken')
    WHERE EXISTS (SELECT 1 FROM devices WHERE imei2 = NEW.imei1 AND freed IS NULL AND id <> NEW.id)
       OR EXISTS (SELECT 1 FROM devices WHERE imei1 = NEW.imei2 AND freed IS NULL AND id <> NEW.id);
END;
