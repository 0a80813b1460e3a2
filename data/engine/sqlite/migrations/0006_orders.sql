-- An order of a customer: what is expected, to be delivered over several uploads. What has been delivered follows from the devices that
-- came with its number, so nothing is counted here.
CREATE TABLE orders (
    id          INTEGER PRIMARY KEY,
    reseller_id INTEGER NOT NULL REFERENCES accounts (id),
    target_id   INTEGER NOT NULL REFERENCES accounts (id),
    number      TEXT NOT NULL,
    day         TEXT NOT NULL DEFAULT '', -- ISO date
    note        TEXT NOT NULL DEFAULT '',
    lines       TEXT NOT NULL DEFAULT '[]', -- JSON: how many of each model; '' is any
    closed      INTEGER NOT NULL DEFAULT 0, -- what is open will not come
    created_at  INTEGER NOT NULL
);
CREATE UNIQUE INDEX orders_number ON orders (reseller_id, target_id, number);
