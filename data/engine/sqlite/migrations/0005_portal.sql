-- Who sat at the desk, by name; '' in what was done before persons were kept.
ALTER TABLE activity ADD COLUMN person TEXT NOT NULL DEFAULT '';

-- How far a deletion has been carried to the online portal (docs/register.md, "Carrying"). What was done before this was kept is 0.
ALTER TABLE activity ADD COLUMN to_carry INTEGER NOT NULL DEFAULT 0; -- 1: it took devices away that the portal has
ALTER TABLE activity ADD COLUMN carried_by INTEGER REFERENCES activity (id);
ALTER TABLE activity ADD COLUMN confirmed_by INTEGER REFERENCES activity (id);
CREATE INDEX activity_to_carry ON activity (performed_by) WHERE to_carry = 1 AND carried_by IS NULL AND confirmed_by IS NULL AND undone_by IS NULL;

-- The same of an upload, and the aliases of the profiles that its devices get.
ALTER TABLE uploads ADD COLUMN kc_profile TEXT NOT NULL DEFAULT '';
ALTER TABLE uploads ADD COLUMN enrollment_profile TEXT NOT NULL DEFAULT '';
ALTER TABLE uploads ADD COLUMN to_carry INTEGER NOT NULL DEFAULT 0;
ALTER TABLE uploads ADD COLUMN carried_by INTEGER REFERENCES activity (id);
ALTER TABLE uploads ADD COLUMN confirmed_by INTEGER REFERENCES activity (id);
CREATE INDEX uploads_to_carry ON uploads (reseller_id) WHERE to_carry = 1 AND carried_by IS NULL AND confirmed_by IS NULL;

CREATE INDEX activity_exchanging ON activity (id) WHERE event = 'devices exchanged' AND confirmed_by IS NULL AND undone_by IS NULL;

-- A device that came back: what took its place, or nothing. Both are rows of devices.
CREATE TABLE exchanges (
    activity_id INTEGER NOT NULL REFERENCES activity (id),
    old_id      INTEGER NOT NULL,
    new_id      INTEGER, -- NULL: returned for good
    reference   TEXT NOT NULL DEFAULT '',
    day         TEXT NOT NULL DEFAULT '', -- ISO date
    note        TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (activity_id, old_id)
) WITHOUT ROWID;
CREATE INDEX exchanges_old ON exchanges (old_id);
CREATE INDEX exchanges_new ON exchanges (new_id) WHERE new_id IS NOT NULL;

-- A customer's preferences: the Knox services in which it approves a reseller's uploads by itself.
CREATE TABLE preferences (
    customer_id INTEGER NOT NULL REFERENCES accounts (id),
    reseller_id INTEGER NOT NULL REFERENCES accounts (id),
    service     TEXT NOT NULL,
    PRIMARY KEY (customer_id, reseller_id, service)
) WITHOUT ROWID;

-- customer_services.auto_approve, which held for every reseller, becomes the preference of those that the customer knows; the column
-- is not read any more.
INSERT INTO preferences (customer_id, reseller_id, service)
SELECT s.customer_id, k.reseller_id, s.service FROM customer_services s JOIN
    (SELECT target_id AS customer_id, reseller_id FROM uploads UNION SELECT account_id, reseller_id FROM customers) k
    ON k.customer_id = s.customer_id WHERE s.auto_approve;

CREATE TABLE moved_approvals AS SELECT p.upload_id, p.service, u.target_id FROM approvals p JOIN uploads u ON u.id = p.upload_id
WHERE p.approved_at IS NULL AND EXISTS (SELECT 1 FROM customer_services s WHERE s.customer_id = u.target_id)
    AND NOT EXISTS (SELECT 1 FROM customer_services s WHERE s.customer_id = u.target_id AND s.service = p.service);

-- An upload that waits in a service which its customer does not use any more waits in one that it uses.
DELETE FROM approvals WHERE (upload_id, service) IN (SELECT upload_id, service FROM moved_approvals);
INSERT OR IGNORE INTO approvals (upload_id, service)
SELECT m.upload_id, (SELECT min(s.service) FROM customer_services s WHERE s.customer_id = m.target_id) FROM moved_approvals m
WHERE NOT EXISTS (SELECT 1 FROM approvals p JOIN customer_services s ON s.service = p.service
    WHERE p.upload_id = m.upload_id AND s.customer_id = m.target_id);
