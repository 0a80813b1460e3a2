-- The chain that shows tampering (docs/register.md, "The chain"): a link per act over what it wrote and over the link before.
CREATE TABLE links (
    id          INTEGER PRIMARY KEY,
    activity_id INTEGER NOT NULL, -- the act; of a base: the latest act by then, 0 if there was none
    base        INTEGER NOT NULL DEFAULT 0, -- 1: seals all that was there, instead of an act
    at          INTEGER NOT NULL,
    hash        BLOB NOT NULL
);

-- The hash over a row, or over rows that belong together, as the act of the link left them.
CREATE TABLE seals (
    link_id INTEGER NOT NULL REFERENCES links (id),
    kind    TEXT NOT NULL,    -- the table
    key     INTEGER NOT NULL, -- the row's id, or what the rows have in common
    hash    BLOB,             -- NULL: there is no such row any more
    PRIMARY KEY (link_id, kind, key)
) WITHOUT ROWID;

-- Devices as they came, many with ids in a row: their hash is in seals (kind devices, key first_id), here is what finds the one that differs.
CREATE TABLE device_seals (
    first_id     INTEGER PRIMARY KEY,
    devices      INTEGER NOT NULL,
    upload_id    INTEGER,       -- by which they came; NULL in a base, where each stands where it stood then
    hash         BLOB NOT NULL, -- of what never changes: identifiers, model, order number
    checks       BLOB NOT NULL, -- four bytes for each device
    state_hash   BLOB,          -- in a base: of where they stood
    state_checks BLOB
);

-- The seal of the latest link, which no earlier state of the file can be made to fit.
CREATE TABLE chain_head (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    link_id INTEGER NOT NULL,
    hash    BLOB NOT NULL
);
