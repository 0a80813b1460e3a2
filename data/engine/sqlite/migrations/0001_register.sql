-- The register. docs/register.md says what each table is for. Times are Unix milliseconds in UTC, days ISO dates.
PRAGMA application_id = 1129206599; -- "CNSG"

CREATE TABLE accounts (
    id           INTEGER PRIMARY KEY,
    kind         TEXT NOT NULL CHECK (kind IN ('reseller', 'msp', 'customer')),
    knox_id      TEXT NOT NULL CHECK (knox_id <> '' AND knox_id NOT GLOB '*[^0-9]*'),
    company_name TEXT NOT NULL CHECK (company_name <> ''),
    country      TEXT NOT NULL DEFAULT '',
    ours         INTEGER NOT NULL DEFAULT 0,
    created_at   INTEGER NOT NULL,
    UNIQUE (kind, knox_id)
);

-- A reseller's Customers page: its customers and MSPs.
CREATE TABLE customers (
    id                 INTEGER PRIMARY KEY,
    reseller_id        INTEGER NOT NULL REFERENCES accounts (id),
    account_id         INTEGER NOT NULL REFERENCES accounts (id),
    internal_reference TEXT NOT NULL DEFAULT '',
    status             TEXT NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'active', 'inactive')),
    added_at           INTEGER NOT NULL,
    UNIQUE (reseller_id, account_id)
);

-- An MSP's Resellers page.
CREATE TABLE registrations (
    id            INTEGER PRIMARY KEY,
    msp_id        INTEGER NOT NULL REFERENCES accounts (id),
    reseller_id   INTEGER NOT NULL REFERENCES accounts (id),
    auto_approve  INTEGER NOT NULL DEFAULT 0,
    registered_at INTEGER NOT NULL,
    UNIQUE (msp_id, reseller_id)
);

-- An MSP's Customers page. Delinking removes the row.
CREATE TABLE managements (
    id           INTEGER PRIMARY KEY,
    msp_id       INTEGER NOT NULL REFERENCES accounts (id),
    customer_id  INTEGER NOT NULL REFERENCES accounts (id),
    type         TEXT NOT NULL CHECK (type IN ('full', 'joint')),
    status       TEXT NOT NULL CHECK (status IN ('pending', 'active', 'rejected', 'delink')),
    requested_at INTEGER NOT NULL,
    UNIQUE (msp_id, customer_id)
);

-- The Knox services that a customer uses, each with a portal that approves uploads.
CREATE TABLE customer_services (
    customer_id  INTEGER NOT NULL REFERENCES accounts (id),
    service      TEXT NOT NULL,
    auto_approve INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (customer_id, service)
) WITHOUT ROWID;

CREATE TABLE activity (
    id           INTEGER PRIMARY KEY,
    at           INTEGER NOT NULL,
    event        TEXT NOT NULL,
    portal       TEXT NOT NULL DEFAULT '',
    performed_by INTEGER REFERENCES accounts (id),
    party_id     INTEGER REFERENCES accounts (id),
    customer_id  INTEGER REFERENCES accounts (id),
    upload_id    INTEGER,
    devices      INTEGER NOT NULL DEFAULT 0,
    detail       TEXT NOT NULL DEFAULT '{}', -- model.Text as JSON
    undo         TEXT,                       -- what it takes to take the act back, as JSON; NULL if it cannot be
    undone_by    INTEGER REFERENCES activity (id)
);
CREATE INDEX activity_at ON activity (at);
CREATE INDEX activity_upload ON activity (upload_id) WHERE upload_id IS NOT NULL;

-- What an act made (made = 1) or built on (0): an act is undone only while no later act names what it made.
CREATE TABLE activity_subjects (
    activity_id INTEGER NOT NULL REFERENCES activity (id),
    subject     TEXT NOT NULL,
    subject_id  INTEGER NOT NULL, -- of an account or an upload, or a pair of accounts (first << 32 | second)
    made        INTEGER NOT NULL,
    PRIMARY KEY (subject, subject_id, activity_id)
) WITHOUT ROWID;
CREATE INDEX activity_subjects_act ON activity_subjects (activity_id);

-- Uploads by resellers (direct), by MSPs that move devices (moved), and moved ones after a delink (virtual).
CREATE TABLE uploads (
    id           INTEGER PRIMARY KEY,
    uuid         TEXT NOT NULL UNIQUE,
    kind         TEXT NOT NULL CHECK (kind IN ('direct', 'moved', 'virtual')),
    reseller_id  INTEGER NOT NULL REFERENCES accounts (id),
    target_id    INTEGER NOT NULL REFERENCES accounts (id),
    msp_id       INTEGER REFERENCES accounts (id),
    activity_id  INTEGER NOT NULL REFERENCES activity (id),
    uploaded_at  INTEGER NOT NULL,
    order_number TEXT NOT NULL DEFAULT '',
    order_date   TEXT NOT NULL DEFAULT '',
    sold_to_code TEXT NOT NULL DEFAULT '',
    tags         TEXT NOT NULL DEFAULT '[]', -- JSON
    uploaded     INTEGER NOT NULL DEFAULT 0, -- the four figures of the upload
    valid        INTEGER NOT NULL DEFAULT 0,
    invalid      INTEGER NOT NULL DEFAULT 0,
    duplicate    INTEGER NOT NULL DEFAULT 0,
    devices      INTEGER NOT NULL DEFAULT 0, -- living now; kept by every act
    failed       INTEGER NOT NULL DEFAULT 0, -- of them MPTS error
    moved        INTEGER NOT NULL DEFAULT 0, -- of them at a customer of the MSP
    approved_at  INTEGER, -- for a customer: when its first service approved
    approved_by  INTEGER REFERENCES activity (id),
    CHECK ((kind = 'direct') = (msp_id IS NULL))
);
CREATE INDEX uploads_reseller ON uploads (reseller_id, target_id);
CREATE INDEX uploads_target ON uploads (target_id, reseller_id);
CREATE INDEX uploads_activity ON uploads (activity_id, reseller_id);
CREATE INDEX uploads_msp ON uploads (msp_id, target_id) WHERE msp_id IS NOT NULL;

-- The approvals of an upload to a customer, one per Knox service.
CREATE TABLE approvals (
    upload_id   INTEGER NOT NULL REFERENCES uploads (id),
    service     TEXT NOT NULL,
    approved_at INTEGER,
    approved_by INTEGER REFERENCES activity (id),
    PRIMARY KEY (upload_id, service)
) WITHOUT ROWID;

-- Lines of an upload that gave no device.
CREATE TABLE upload_failures (
    id        INTEGER PRIMARY KEY,
    upload_id INTEGER NOT NULL REFERENCES uploads (id),
    line      INTEGER NOT NULL,
    value     TEXT NOT NULL,
    reason    TEXT NOT NULL -- model.Text as JSON
);
CREATE INDEX upload_failures_upload ON upload_failures (upload_id);

-- Living devices per upload and model: what the overviews count.
CREATE TABLE upload_models (
    upload_id INTEGER NOT NULL REFERENCES uploads (id),
    model     TEXT NOT NULL,
    devices   INTEGER NOT NULL,
    PRIMARY KEY (upload_id, model)
) WITHOUT ROWID;

-- upload_id is the reseller's upload, moved_id the upload by which an MSP moved the device to a customer.
-- A deleted device stays for its history and for undo, but frees its identifiers.
-- References are checked at the commit, and the triggers FAIL instead of ABORT: a statement that can be taken back by itself keeps a
-- copy of every page that it changes, which costs a third of an upload. Acts take back their whole transaction.
CREATE TABLE devices (
    id           INTEGER PRIMARY KEY,
    upload_id    INTEGER NOT NULL REFERENCES uploads (id) DEFERRABLE INITIALLY DEFERRED,
    model        TEXT NOT NULL DEFAULT '',
    order_number TEXT NOT NULL DEFAULT '', -- its own, else the upload's
    imei1        TEXT,
    serial       TEXT,
    imei2        TEXT,
    meid         TEXT,
    moved_id     INTEGER REFERENCES uploads (id) DEFERRABLE INITIALLY DEFERRED,
    deleted_by   INTEGER REFERENCES activity (id) DEFERRABLE INITIALLY DEFERRED,
    failure      TEXT, -- the portal's reason: MPTS error
    CHECK (coalesce(imei1, imei2, meid, serial) IS NOT NULL),
    CHECK (imei1 <> imei2)
);
CREATE UNIQUE INDEX devices_imei1 ON devices (imei1) WHERE imei1 IS NOT NULL AND deleted_by IS NULL;
CREATE UNIQUE INDEX devices_imei2 ON devices (imei2) WHERE imei2 IS NOT NULL AND deleted_by IS NULL;
CREATE UNIQUE INDEX devices_meid ON devices (meid) WHERE meid IS NOT NULL AND deleted_by IS NULL;
CREATE UNIQUE INDEX devices_serial ON devices (serial) WHERE serial IS NOT NULL AND deleted_by IS NULL;
CREATE INDEX devices_upload ON devices (upload_id) WHERE deleted_by IS NULL;
CREATE INDEX devices_moved ON devices (moved_id) WHERE moved_id IS NOT NULL AND deleted_by IS NULL;
CREATE INDEX devices_failed ON devices (upload_id) WHERE failure IS NOT NULL AND deleted_by IS NULL;
CREATE INDEX devices_deleted ON devices (deleted_by) WHERE deleted_by IS NOT NULL;

-- An IMEI is unique over both columns together among living devices (domain §2).
CREATE TRIGGER devices_imei_insert BEFORE INSERT ON devices WHEN NEW.deleted_by IS NULL
BEGIN
    SELECT RAISE(FAIL, 'IMEI taken by a living device')
    WHERE EXISTS (SELECT 1 FROM devices WHERE imei2 = NEW.imei1 AND deleted_by IS NULL)
       OR EXISTS (SELECT 1 FROM devices WHERE imei1 = NEW.imei2 AND deleted_by IS NULL);
END;
CREATE TRIGGER devices_imei_update BEFORE UPDATE OF imei1, imei2, deleted_by ON devices WHEN NEW.deleted_by IS NULL
BEGIN
    SELECT RAISE(FAIL, 'IMEI taken by a living device')
    WHERE EXISTS (SELECT 1 FROM devices WHERE imei2 = NEW.imei1 AND deleted_by IS NULL AND id <> NEW.id)
       OR EXISTS (SELECT 1 FROM devices WHERE imei1 = NEW.imei2 AND deleted_by IS NULL AND id <> NEW.id);
END;

-- How a device stood before an act placed it elsewhere or reported its failure: for undo and for the device's history.
CREATE TABLE placements (
    activity_id INTEGER NOT NULL REFERENCES activity (id),
    device_id   INTEGER NOT NULL, -- of devices, which are never removed; as a reference it would cost every upload a look-up here
    upload_id   INTEGER NOT NULL,
    moved_id    INTEGER,
    failure     TEXT,
    PRIMARY KEY (activity_id, device_id)
) WITHOUT ROWID;
CREATE INDEX placements_device ON placements (device_id);

-- Settings of the register, and the column meanings that people corrected, by layout.
CREATE TABLE settings (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
