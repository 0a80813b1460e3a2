-- The register on a server, with the meaning of the file's schema (../sqlite/migrations, 0001 to 0006): the same tables, columns and order
-- of columns, so that a register is the same content on either side and its chain holds on both. Truth is 0 and 1 here, too. Texts compare
-- by their bytes. docs/register.md says what each table is for.

-- One row. Every act updates it first: so acts come one after the other, in the order of their numbers, whichever desk they are of. settled
-- goes up when a setting changes, or who works here.
CREATE TABLE register (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    act     BIGINT NOT NULL,
    settled BIGINT NOT NULL DEFAULT 0
);
INSERT INTO register (id, act) VALUES (1, 0);

-- The acts by the key that the desk gave them: whose answer is lost on the way is looked up here.
CREATE TABLE acts (
    number BIGINT PRIMARY KEY,
    key    UUID NOT NULL UNIQUE
);

CREATE TABLE accounts (
    id           BIGINT PRIMARY KEY,
    kind         TEXT COLLATE "C" NOT NULL CHECK (kind IN ('reseller', 'msp', 'customer')),
    knox_id      TEXT COLLATE "C" NOT NULL CHECK (knox_id <> '' AND knox_id !~ '[^0-9]'),
    company_name TEXT COLLATE "C" NOT NULL CHECK (company_name <> ''),
    country      TEXT COLLATE "C" NOT NULL DEFAULT '',
    ours         INTEGER NOT NULL DEFAULT 0,
    created_at   BIGINT NOT NULL,
    UNIQUE (kind, knox_id)
);

CREATE TABLE customers (
    id                 BIGINT PRIMARY KEY,
    reseller_id        BIGINT NOT NULL REFERENCES accounts (id),
    account_id         BIGINT NOT NULL REFERENCES accounts (id),
    internal_reference TEXT COLLATE "C" NOT NULL DEFAULT '',
    status             TEXT COLLATE "C" NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'active', 'inactive')),
    added_at           BIGINT NOT NULL,
    UNIQUE (reseller_id, account_id)
);

CREATE TABLE registrations (
    id            BIGINT PRIMARY KEY,
    msp_id        BIGINT NOT NULL REFERENCES accounts (id),
    reseller_id   BIGINT NOT NULL REFERENCES accounts (id),
    auto_approve  INTEGER NOT NULL DEFAULT 0,
    registered_at BIGINT NOT NULL,
    UNIQUE (msp_id, reseller_id)
);

CREATE TABLE managements (
    id           BIGINT PRIMARY KEY,
    msp_id       BIGINT NOT NULL REFERENCES accounts (id),
    customer_id  BIGINT NOT NULL REFERENCES accounts (id),
    type         TEXT COLLATE "C" NOT NULL CHECK (type IN ('full', 'joint')),
    status       TEXT COLLATE "C" NOT NULL CHECK (status IN ('pending', 'active', 'rejected', 'delink')),
    requested_at BIGINT NOT NULL,
    UNIQUE (msp_id, customer_id)
);

CREATE TABLE customer_services (
    customer_id  BIGINT NOT NULL REFERENCES accounts (id),
    service      TEXT COLLATE "C" NOT NULL,
    auto_approve INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (customer_id, service)
);

CREATE TABLE activity (
    id           BIGINT PRIMARY KEY,
    at           BIGINT NOT NULL,
    event        TEXT COLLATE "C" NOT NULL,
    portal       TEXT COLLATE "C" NOT NULL DEFAULT '',
    performed_by BIGINT REFERENCES accounts (id),
    party_id     BIGINT REFERENCES accounts (id),
    customer_id  BIGINT REFERENCES accounts (id),
    upload_id    BIGINT,
    devices      INTEGER NOT NULL DEFAULT 0,
    detail       TEXT COLLATE "C" NOT NULL DEFAULT '{}',
    undo         TEXT COLLATE "C",
    undone_by    BIGINT REFERENCES activity (id),
    person       TEXT COLLATE "C" NOT NULL DEFAULT '',
    to_carry     INTEGER NOT NULL DEFAULT 0,
    carried_by   BIGINT REFERENCES activity (id),
    confirmed_by BIGINT REFERENCES activity (id)
);
CREATE INDEX activity_at ON activity (at);
CREATE INDEX activity_upload ON activity (upload_id) WHERE upload_id IS NOT NULL;
CREATE INDEX activity_to_carry ON activity (performed_by) WHERE to_carry = 1 AND carried_by IS NULL AND confirmed_by IS NULL AND undone_by IS NULL;
CREATE INDEX activity_exchanging ON activity (id) WHERE event = 'devices exchanged' AND confirmed_by IS NULL AND undone_by IS NULL;

CREATE TABLE activity_subjects (
    activity_id BIGINT NOT NULL REFERENCES activity (id),
    subject     TEXT COLLATE "C" NOT NULL,
    subject_id  BIGINT NOT NULL,
    made        INTEGER NOT NULL,
    PRIMARY KEY (subject, subject_id, activity_id)
);
CREATE INDEX activity_subjects_act ON activity_subjects (activity_id);

CREATE TABLE uploads (
    id                 BIGINT PRIMARY KEY,
    uuid               TEXT COLLATE "C" NOT NULL UNIQUE,
    kind               TEXT COLLATE "C" NOT NULL CHECK (kind IN ('direct', 'moved', 'virtual')),
    reseller_id        BIGINT NOT NULL REFERENCES accounts (id),
    target_id          BIGINT NOT NULL REFERENCES accounts (id),
    msp_id             BIGINT REFERENCES accounts (id),
    activity_id        BIGINT NOT NULL REFERENCES activity (id),
    uploaded_at        BIGINT NOT NULL,
    order_number       TEXT COLLATE "C" NOT NULL DEFAULT '',
    order_date         TEXT COLLATE "C" NOT NULL DEFAULT '',
    sold_to_code       TEXT COLLATE "C" NOT NULL DEFAULT '',
    tags               TEXT COLLATE "C" NOT NULL DEFAULT '[]',
    uploaded           INTEGER NOT NULL DEFAULT 0,
    valid              INTEGER NOT NULL DEFAULT 0,
    invalid            INTEGER NOT NULL DEFAULT 0,
    duplicate          INTEGER NOT NULL DEFAULT 0,
    devices            INTEGER NOT NULL DEFAULT 0,
    failed             INTEGER NOT NULL DEFAULT 0,
    moved              INTEGER NOT NULL DEFAULT 0,
    approved_at        BIGINT,
    approved_by        BIGINT REFERENCES activity (id),
    kc_profile         TEXT COLLATE "C" NOT NULL DEFAULT '',
    enrollment_profile TEXT COLLATE "C" NOT NULL DEFAULT '',
    to_carry           INTEGER NOT NULL DEFAULT 0,
    carried_by         BIGINT REFERENCES activity (id),
    confirmed_by       BIGINT REFERENCES activity (id),
    CHECK ((kind = 'direct') = (msp_id IS NULL))
) WITH (fillfactor = 80); -- its counters change with every act on its devices
CREATE INDEX uploads_reseller ON uploads (reseller_id, target_id);
CREATE INDEX uploads_target ON uploads (target_id, reseller_id);
CREATE INDEX uploads_activity ON uploads (activity_id, reseller_id);
CREATE INDEX uploads_msp ON uploads (msp_id, target_id) WHERE msp_id IS NOT NULL;
CREATE INDEX uploads_to_carry ON uploads (reseller_id) WHERE to_carry = 1 AND carried_by IS NULL AND confirmed_by IS NULL;

CREATE TABLE approvals (
    upload_id   BIGINT NOT NULL REFERENCES uploads (id),
    service     TEXT COLLATE "C" NOT NULL,
    approved_at BIGINT,
    approved_by BIGINT REFERENCES activity (id),
    PRIMARY KEY (upload_id, service)
);

CREATE TABLE upload_failures (
    id        BIGINT PRIMARY KEY,
    upload_id BIGINT NOT NULL REFERENCES uploads (id),
    line      INTEGER NOT NULL,
    value     TEXT COLLATE "C" NOT NULL,
    reason    TEXT COLLATE "C" NOT NULL
);
CREATE INDEX upload_failures_upload ON upload_failures (upload_id);

CREATE TABLE upload_models (
    upload_id    BIGINT NOT NULL REFERENCES uploads (id),
    model        TEXT COLLATE "C" NOT NULL,
    order_number TEXT COLLATE "C" NOT NULL,
    devices      INTEGER NOT NULL,
    PRIMARY KEY (upload_id, model, order_number)
) WITH (fillfactor = 80);

CREATE TABLE devices (
    id           BIGINT PRIMARY KEY,
    upload_id    BIGINT NOT NULL REFERENCES uploads (id) DEFERRABLE INITIALLY DEFERRED,
    model        TEXT COLLATE "C" NOT NULL DEFAULT '',
    order_number TEXT COLLATE "C" NOT NULL DEFAULT '',
    imei1        TEXT COLLATE "C",
    serial       TEXT COLLATE "C",
    imei2        TEXT COLLATE "C",
    meid         TEXT COLLATE "C",
    moved_id     BIGINT REFERENCES uploads (id) DEFERRABLE INITIALLY DEFERRED,
    deleted      INTEGER,
    failure      TEXT COLLATE "C",
    freed        INTEGER CHECK (freed IS NULL OR deleted IS NOT NULL),
    CHECK (coalesce(imei1, imei2, meid, serial) IS NOT NULL),
    CHECK (imei1 <> imei2)
) WITH (fillfactor = 90); -- no index knows what is deleted: with room for its next form beside it, a row is deleted without writing to any
CREATE UNIQUE INDEX devices_imei1 ON devices (imei1) WHERE imei1 IS NOT NULL AND freed IS NULL;
CREATE UNIQUE INDEX devices_imei2 ON devices (imei2) WHERE imei2 IS NOT NULL AND freed IS NULL;
CREATE UNIQUE INDEX devices_meid ON devices (meid) WHERE meid IS NOT NULL AND freed IS NULL;
CREATE UNIQUE INDEX devices_serial ON devices (serial) WHERE serial IS NOT NULL AND freed IS NULL;
CREATE INDEX devices_upload ON devices (upload_id);
CREATE INDEX devices_moved ON devices (moved_id) WHERE moved_id IS NOT NULL;
CREATE INDEX devices_failed ON devices (upload_id) WHERE failure IS NOT NULL;

CREATE TABLE placements (
    activity_id BIGINT NOT NULL REFERENCES activity (id),
    device_id   BIGINT NOT NULL,
    upload_id   BIGINT NOT NULL,
    moved_id    BIGINT,
    failure     TEXT COLLATE "C",
    PRIMARY KEY (activity_id, device_id)
);
CREATE INDEX placements_device ON placements (device_id);

CREATE TABLE settings (
    name  TEXT COLLATE "C" PRIMARY KEY,
    value TEXT COLLATE "C" NOT NULL
);

CREATE TABLE deletions (
    activity_id BIGINT NOT NULL REFERENCES activity (id),
    block       BIGINT NOT NULL,
    devices     TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (activity_id, block)
);
CREATE INDEX deletions_block ON deletions (block);

CREATE TABLE exchanges (
    activity_id BIGINT NOT NULL REFERENCES activity (id),
    old_id      BIGINT NOT NULL,
    new_id      BIGINT,
    reference   TEXT COLLATE "C" NOT NULL DEFAULT '',
    day         TEXT COLLATE "C" NOT NULL DEFAULT '',
    note        TEXT COLLATE "C" NOT NULL DEFAULT '',
    PRIMARY KEY (activity_id, old_id)
);
CREATE INDEX exchanges_old ON exchanges (old_id);
CREATE INDEX exchanges_new ON exchanges (new_id) WHERE new_id IS NOT NULL;

CREATE TABLE preferences (
    customer_id BIGINT NOT NULL REFERENCES accounts (id),
    reseller_id BIGINT NOT NULL REFERENCES accounts (id),
    service     TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (customer_id, reseller_id, service)
);

CREATE TABLE orders (
    id          BIGINT PRIMARY KEY,
    reseller_id BIGINT NOT NULL REFERENCES accounts (id),
    target_id   BIGINT NOT NULL REFERENCES accounts (id),
    number      TEXT COLLATE "C" NOT NULL,
    day         TEXT COLLATE "C" NOT NULL DEFAULT '',
    note        TEXT COLLATE "C" NOT NULL DEFAULT '',
    lines       TEXT COLLATE "C" NOT NULL DEFAULT '[]',
    closed      INTEGER NOT NULL DEFAULT 0,
    created_at  BIGINT NOT NULL
);
CREATE UNIQUE INDEX orders_number ON orders (reseller_id, target_id, number);

CREATE TABLE links (
    id          BIGINT PRIMARY KEY,
    activity_id BIGINT NOT NULL,
    base        INTEGER NOT NULL DEFAULT 0,
    at          BIGINT NOT NULL,
    hash        BYTEA NOT NULL
);

CREATE TABLE seals (
    link_id BIGINT NOT NULL REFERENCES links (id),
    kind    TEXT COLLATE "C" NOT NULL,
    key     BIGINT NOT NULL,
    hash    BYTEA,
    PRIMARY KEY (link_id, kind, key)
);

CREATE TABLE device_seals (
    first_id     BIGINT PRIMARY KEY,
    devices      INTEGER NOT NULL,
    upload_id    BIGINT,
    hash         BYTEA NOT NULL,
    checks       BYTEA NOT NULL,
    state_hash   BYTEA,
    state_checks BYTEA
);

CREATE TABLE chain_head (
    id      BIGINT PRIMARY KEY CHECK (id = 1),
    link_id BIGINT NOT NULL,
    hash    BYTEA NOT NULL
);

-- A row without an id gets the one after the highest, as in the file: a sequence would leave holes where an act was refused.
CREATE FUNCTION next_id() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('SELECT coalesce(max(id), 0) + 1 FROM %I.%I', TG_TABLE_SCHEMA, TG_TABLE_NAME) INTO NEW.id;
    RETURN NEW;
END $$;
CREATE TRIGGER next_id BEFORE INSERT ON accounts FOR EACH ROW WHEN (NEW.id IS NULL) EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON customers FOR EACH ROW WHEN (NEW.id IS NULL) EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON registrations FOR EACH ROW WHEN (NEW.id IS NULL) EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON managements FOR EACH ROW WHEN (NEW.id IS NULL) EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON activity FOR EACH ROW WHEN (NEW.id IS NULL) EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON uploads FOR EACH ROW WHEN (NEW.id IS NULL) EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON upload_failures FOR EACH ROW WHEN (NEW.id IS NULL) EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON devices FOR EACH ROW WHEN (NEW.id IS NULL) EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON orders FOR EACH ROW WHEN (NEW.id IS NULL) EXECUTE FUNCTION next_id();
CREATE TRIGGER next_id BEFORE INSERT ON links FOR EACH ROW WHEN (NEW.id IS NULL) EXECUTE FUNCTION next_id();

-- An IMEI is unique over both columns together among devices that hold theirs, so among living ones (domain §2). The statement waits for
-- its turn first, whoever writes it, and then sees what the one before it has written.
CREATE FUNCTION devices_turn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('SELECT 1 FROM %I.register FOR UPDATE', TG_TABLE_SCHEMA);
    RETURN NULL;
END $$;
CREATE TRIGGER devices_turn_insert BEFORE INSERT ON devices FOR EACH STATEMENT EXECUTE FUNCTION devices_turn();
CREATE TRIGGER devices_turn_update BEFORE UPDATE OF imei1, imei2, freed ON devices FOR EACH STATEMENT EXECUTE FUNCTION devices_turn();

CREATE FUNCTION devices_imei() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.imei1 IS NOT NULL AND EXISTS (SELECT 1 FROM devices WHERE imei2 = NEW.imei1 AND freed IS NULL AND id <> NEW.id)
    OR NEW.imei2 IS NOT NULL AND EXISTS (SELECT 1 FROM devices WHERE imei1 = NEW.imei2 AND freed IS NULL AND id <> NEW.id) THEN
        RAISE EXCEPTION 'IMEI taken' USING ERRCODE = 'unique_violation', CONSTRAINT = 'devices_imei';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER devices_imei_insert BEFORE INSERT ON devices FOR EACH ROW WHEN (NEW.freed IS NULL) EXECUTE FUNCTION devices_imei();
CREATE TRIGGER devices_imei_update AFTER UPDATE OF imei1, imei2, freed ON devices FOR EACH ROW WHEN (NEW.freed IS NULL) EXECUTE FUNCTION devices_imei();

-- Other desks hear of an act when it is done.
CREATE FUNCTION act_done() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('consign.' || TG_TABLE_SCHEMA, NEW.number::text);
    RETURN NULL;
END $$;
CREATE TRIGGER act_done AFTER INSERT ON acts FOR EACH ROW EXECUTE FUNCTION act_done();

-- And of what was settled.
CREATE FUNCTION settled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('UPDATE %I.register SET settled = settled + 1', TG_TABLE_SCHEMA);
    PERFORM pg_notify('consign.' || TG_TABLE_SCHEMA, '');
    RETURN NULL;
END $$;
CREATE TRIGGER settled AFTER INSERT OR UPDATE OR DELETE ON settings FOR EACH STATEMENT EXECUTE FUNCTION settled();

-- What an act writes is noted in the temporary table of its session, for the chain: see Act.Note. The argument is the column of the key.
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_regclass('pg_temp.touched') IS NOT NULL THEN
        EXECUTE format('INSERT INTO pg_temp.touched SELECT %L, %I FROM rows_written ON CONFLICT DO NOTHING', TG_TABLE_NAME, TG_ARGV[0]);
    END IF;
    RETURN NULL;
END $$;
DO $$
DECLARE
    noted RECORD;
    event TEXT;
BEGIN
    FOR noted IN SELECT * FROM (VALUES ('accounts', 'id'), ('customers', 'id'), ('registrations', 'id'), ('managements', 'id'),
        ('customer_services', 'customer_id'), ('preferences', 'customer_id'), ('orders', 'id'), ('activity', 'id'), ('uploads', 'id'),
        ('approvals', 'upload_id'), ('upload_failures', 'upload_id')) AS tables (name, key) LOOP
        FOREACH event IN ARRAY ARRAY['INSERT', 'UPDATE', 'DELETE'] LOOP
            EXECUTE format('CREATE TRIGGER touch_%s AFTER %s ON %I REFERENCING %s TABLE AS rows_written FOR EACH STATEMENT EXECUTE FUNCTION touch(%L)',
                lower(event), event, noted.name, CASE event WHEN 'DELETE' THEN 'OLD' ELSE 'NEW' END, noted.key);
        END LOOP;
    END LOOP;
END $$;
