-- Who may what, held by the server whatever program writes. The database roles <schema>_reader, _clerk, _approver and _administrator have the
-- persons' logins as members; the schema's owner is _administrator. The server's own superuser is held to nothing. docs/shared-register.md.

-- Whose name the acts of a login carry.
CREATE TABLE persons (
    login TEXT COLLATE "C" PRIMARY KEY,
    name  TEXT COLLATE "C" NOT NULL UNIQUE CHECK (name <> '')
);
CREATE TRIGGER settled AFTER INSERT OR UPDATE OR DELETE ON persons FOR EACH STATEMENT EXECUTE FUNCTION settled();

CREATE FUNCTION my_role() RETURNS TEXT LANGUAGE plpgsql AS $$
DECLARE
    owner OID;
    here  TEXT;
BEGIN
    IF (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = session_user) THEN
        RETURN 'superuser';
    END IF;
    SELECT s.nspname, s.nspowner INTO here, owner FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace s ON s.oid = c.relnamespace
        WHERE c.oid = to_regclass('persons');
    RETURN CASE
        WHEN pg_has_role(session_user, owner, 'MEMBER') THEN 'administrator'
        WHEN pg_has_role(session_user, to_regrole(quote_ident(here || '_approver')), 'MEMBER') THEN 'approver'
        WHEN pg_has_role(session_user, to_regrole(quote_ident(here || '_clerk')), 'MEMBER') THEN 'clerk'
        WHEN pg_has_role(session_user, to_regrole(quote_ident(here || '_reader')), 'MEMBER') THEN 'reader'
    END;
END $$;

-- Whether an act is for approvers and administrators; model.Role.May says the same.
CREATE FUNCTION takes_approver(event TEXT) RETURNS BOOLEAN LANGUAGE sql AS $$
    SELECT event IN ('upload approved', 'approved in customer portal', 'devices deleted', 'devices returned', 'reseller registered', 'reseller removed',
        'preferences changed', 'services changed', 'customer delinked', 'taken over from the portal')
$$;

CREATE FUNCTION refuse(what TEXT) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', what USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION require_right(event TEXT) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    role TEXT := my_role();
BEGIN
    IF role IN ('superuser', 'administrator', 'approver') OR role = 'clerk' AND NOT takes_approver(event) THEN
        RETURN;
    END IF;
    PERFORM refuse(format('the role %s may not do: %s', role, event));
END $$;

-- One row: the latest entry in the log and the transaction that has written it. Only its trigger writes it.
CREATE TABLE entry (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    activity_id BIGINT NOT NULL,
    xid         XID8 NOT NULL
);

-- The event of the act whose entry this transaction has written; NULL if it has written none.
CREATE FUNCTION act_now() RETURNS TEXT LANGUAGE sql AS $$
    SELECT a.event FROM entry e JOIN activity a ON a.id = e.activity_id WHERE e.xid = pg_current_xact_id()
$$;

-- Nothing of an act's tables is written without its entry in the log.
CREATE FUNCTION only_by_act() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF act_now() IS NULL AND my_role() IS DISTINCT FROM 'superuser' THEN
        PERFORM refuse('no entry in the log: ' || TG_TABLE_NAME);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION never() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF my_role() IS DISTINCT FROM 'superuser' THEN
        PERFORM refuse(lower(TG_OP) || ' of ' || TG_TABLE_NAME);
    END IF;
    RETURN NULL;
END $$;

-- An entry says who is logged in, when the server's clock says so, and what the role allows.
CREATE FUNCTION activity_begun() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    IF my_role() = 'superuser' THEN
        RETURN NEW;
    END IF;
    PERFORM require_right(NEW.event);
    IF NEW.person IS DISTINCT FROM (SELECT name FROM persons WHERE login = session_user) THEN
        PERFORM refuse('another person');
    END IF;
    IF abs(NEW.at - extract(epoch FROM clock_timestamp()) * 1000) > 600000 THEN
        PERFORM refuse('another time');
    END IF;
    IF coalesce(NEW.undone_by, NEW.carried_by, NEW.confirmed_by) IS NOT NULL OR act_now() IS NOT NULL THEN
        PERFORM refuse('an entry that is none of this act');
    END IF;
    INSERT INTO entry (id, activity_id, xid) VALUES (1, NEW.id, pg_current_xact_id())
        ON CONFLICT (id) DO UPDATE SET activity_id = excluded.activity_id, xid = excluded.xid;
    RETURN NEW;
END $$;
CREATE TRIGGER the_entry BEFORE INSERT ON activity FOR EACH ROW EXECUTE FUNCTION activity_begun(); -- after next_id, by their names

-- The log is append-only: an act completes its own entry, and of another one it says that it is undone, carried or confirmed.
CREATE FUNCTION activity_said() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    event TEXT;
BEGIN
    IF my_role() = 'superuser' THEN
        RETURN NEW;
    END IF;
    event := act_now();
    IF event IS NULL THEN
        PERFORM refuse('no entry in the log: activity');
    END IF;
    IF ROW(OLD.id, OLD.at, OLD.event, OLD.portal, OLD.performed_by, OLD.person) IS DISTINCT FROM
       ROW(NEW.id, NEW.at, NEW.event, NEW.portal, NEW.performed_by, NEW.person) THEN
        PERFORM refuse('the log is written once');
    END IF;
    IF NEW.id = (SELECT activity_id FROM entry) THEN
        RETURN NEW;
    END IF;
    IF ROW(OLD.customer_id, OLD.upload_id, OLD.devices, OLD.detail, OLD.undo) IS DISTINCT FROM
       ROW(NEW.customer_id, NEW.upload_id, NEW.devices, NEW.detail, NEW.undo) OR
       NEW.party_id IS DISTINCT FROM OLD.party_id AND NOT (NEW.party_id IS NULL AND OLD.event = 'account added' AND event = 'undone') THEN
        PERFORM refuse('the log is written once');
    END IF;
    IF NEW.undone_by IS DISTINCT FROM OLD.undone_by THEN
        IF OLD.undone_by IS NOT NULL OR event <> 'undone' OR NEW.undone_by IS DISTINCT FROM (SELECT activity_id FROM entry) THEN
            PERFORM refuse('undone is undone');
        END IF;
        PERFORM require_right(OLD.event);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER activity_said BEFORE UPDATE ON activity FOR EACH ROW EXECUTE FUNCTION activity_said();
CREATE TRIGGER activity_never BEFORE DELETE OR TRUNCATE ON activity FOR EACH STATEMENT EXECUTE FUNCTION never();

-- What undoes says of what.
CREATE FUNCTION undone_what() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF my_role() IS DISTINCT FROM 'superuser' AND NOT EXISTS (SELECT 1 FROM activity WHERE undone_by = NEW.id) THEN
        PERFORM refuse('nothing was undone');
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER undone_what AFTER INSERT ON activity DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.event = 'undone')
    EXECUTE FUNCTION undone_what();

-- Devices are taken away by acts that do so, each of which takes its right; what identifies one stays as it came.
CREATE FUNCTION devices_taken() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF my_role() IS DISTINCT FROM 'superuser' AND coalesce(act_now(), '') NOT IN ('devices deleted', 'devices returned', 'devices exchanged',
        'customer of devices changed', 'taken over from the portal', 'undone') THEN
        PERFORM refuse('devices are deleted by deleting them');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER devices_taken BEFORE UPDATE OF deleted ON devices FOR EACH STATEMENT EXECUTE FUNCTION devices_taken();
CREATE TRIGGER devices_stay BEFORE UPDATE OF id, imei1, imei2, meid, serial, model, order_number ON devices FOR EACH STATEMENT EXECUTE FUNCTION never();
CREATE TRIGGER devices_never BEFORE DELETE OR TRUNCATE ON devices FOR EACH STATEMENT EXECUTE FUNCTION never();

-- An approval is given by who may, or by what approves by itself: a preference, and for what an MSP moves the setting.
CREATE FUNCTION approval_given() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.approved_at IS NOT NULL OR my_role() IN ('superuser', 'administrator', 'approver') THEN
        RETURN NEW;
    END IF;
    IF EXISTS (SELECT 1 FROM uploads u WHERE u.id = NEW.upload_id AND (
        EXISTS (SELECT 1 FROM preferences p WHERE p.customer_id = u.target_id AND p.reseller_id = u.reseller_id AND p.service = NEW.service)
        OR u.kind = 'moved' AND NEW.service IN ('KME', 'KC') AND
            coalesce((SELECT value FROM settings WHERE name = 'moved.approve.at.once'), 'true') = 'true')) THEN
        RETURN NEW;
    END IF;
    PERFORM refuse('an approval that nobody gave');
END $$;
CREATE TRIGGER approval_made BEFORE INSERT ON approvals FOR EACH ROW WHEN (NEW.approved_at IS NOT NULL) EXECUTE FUNCTION approval_given();
CREATE TRIGGER approval_given BEFORE UPDATE OF approved_at ON approvals FOR EACH ROW WHEN (NEW.approved_at IS NOT NULL)
    EXECUTE FUNCTION approval_given();

CREATE FUNCTION upload_approved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.approved_at IS NOT NULL THEN
            RETURN NEW;
        END IF;
    END IF;
    IF my_role() IN ('superuser', 'administrator', 'approver')
        OR EXISTS (SELECT 1 FROM registrations WHERE msp_id = NEW.target_id AND reseller_id = NEW.reseller_id AND auto_approve = 1)
        OR EXISTS (SELECT 1 FROM approvals WHERE upload_id = NEW.id AND approved_at IS NOT NULL) THEN
        RETURN NEW;
    END IF;
    PERFORM refuse('an approval that nobody gave');
END $$;
CREATE TRIGGER upload_made BEFORE INSERT ON uploads FOR EACH ROW WHEN (NEW.approved_at IS NOT NULL) EXECUTE FUNCTION upload_approved();
CREATE TRIGGER upload_approved BEFORE UPDATE OF approved_at ON uploads FOR EACH ROW WHEN (NEW.approved_at IS NOT NULL)
    EXECUTE FUNCTION upload_approved();
CREATE TRIGGER uploads_never BEFORE DELETE OR TRUNCATE ON uploads FOR EACH STATEMENT EXECUTE FUNCTION never();

-- What approves by itself is for those who may approve.
CREATE FUNCTION for_approvers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM require_right('preferences changed');
    RETURN NEW;
END $$;
CREATE TRIGGER preferences_right BEFORE INSERT OR UPDATE OR DELETE ON preferences FOR EACH STATEMENT EXECUTE FUNCTION for_approvers();
CREATE TRIGGER registrations_right BEFORE INSERT OR UPDATE ON registrations FOR EACH ROW WHEN (NEW.auto_approve = 1) EXECUTE FUNCTION for_approvers();

-- How the register approves is set by administrators.
CREATE FUNCTION settings_right() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF my_role() NOT IN ('superuser', 'administrator') THEN
        PERFORM refuse('a setting of administrators');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER settings_right BEFORE INSERT OR UPDATE ON settings FOR EACH ROW
    WHEN (NEW.name IN ('moved.approve.at.once', 'portal.date.format')) EXECUTE FUNCTION settings_right();

-- Acts come one by one.
CREATE FUNCTION register_turn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.act IS DISTINCT FROM OLD.act + 1 AND (NEW.act, NEW.settled) IS DISTINCT FROM (OLD.act, OLD.settled + 1)
        AND my_role() IS DISTINCT FROM 'superuser' THEN
        PERFORM refuse('a turn that is not the next');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER register_turn BEFORE UPDATE ON register FOR EACH ROW EXECUTE FUNCTION register_turn();

-- The rights of the roles on tables, given whenever the schema has changed; nothing where the roles are not there.
CREATE FUNCTION give_rights() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    here    TEXT := (SELECT s.nspname FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace WHERE c.oid = to_regclass('persons'));
    reads   TEXT := quote_ident(here || '_reader') || ', ' || quote_ident(here || '_clerk') || ', ' || quote_ident(here || '_approver');
    writes  TEXT := quote_ident(here || '_clerk') || ', ' || quote_ident(here || '_approver');
BEGIN
    IF to_regrole(quote_ident(here || '_reader')) IS NULL THEN
        RETURN;
    END IF;
    EXECUTE format('REVOKE ALL ON SCHEMA %1$I FROM PUBLIC; GRANT USAGE ON SCHEMA %1$I TO %2$s; GRANT SELECT ON ALL TABLES IN SCHEMA %1$I TO %2$s', here, reads);
    EXECUTE format('GRANT UPDATE ON %1$I.register TO %2$s; GRANT INSERT ON %1$I.acts, %1$I.links, %1$I.seals, %1$I.device_seals,
        %1$I.deletions, %1$I.exchanges, %1$I.upload_failures TO %2$s; GRANT INSERT, UPDATE ON %1$I.activity, %1$I.activity_subjects, %1$I.uploads, %1$I.devices, %1$I.settings,
        %1$I.chain_head TO %2$s; GRANT INSERT, UPDATE, DELETE ON %1$I.accounts, %1$I.customers, %1$I.registrations, %1$I.managements,
        %1$I.customer_services, %1$I.preferences, %1$I.orders, %1$I.approvals, %1$I.upload_models, %1$I.placements TO %2$s', here, writes);
END $$;

DO $$
DECLARE
    here  TEXT := current_schema();
    named TEXT;
BEGIN
    FOREACH named IN ARRAY ARRAY['accounts', 'customers', 'registrations', 'managements', 'customer_services', 'preferences', 'orders', 'uploads',
        'approvals', 'upload_failures', 'upload_models', 'placements', 'deletions', 'exchanges', 'links', 'seals', 'device_seals', 'chain_head',
        'activity_subjects'] LOOP
        EXECUTE format('CREATE TRIGGER only_by_act BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION only_by_act()', named);
    END LOOP;
    EXECUTE 'CREATE TRIGGER only_by_act BEFORE INSERT OR UPDATE OF upload_id, moved_id, failure, deleted ON devices FOR EACH STATEMENT EXECUTE FUNCTION only_by_act()';
    -- What guards looks into this schema, whatever temporary tables its session has made.
    FOREACH named IN ARRAY ARRAY['my_role()', 'takes_approver(text)', 'refuse(text)', 'require_right(text)', 'act_now()', 'only_by_act()', 'never()',
        'activity_begun()', 'activity_said()', 'undone_what()', 'devices_taken()', 'approval_given()', 'upload_approved()', 'for_approvers()',
        'settings_right()', 'register_turn()', 'give_rights()'] LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_catalog, pg_temp', named, here);
    END LOOP;
    EXECUTE format('CREATE OR REPLACE FUNCTION devices_imei() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
            IF NEW.imei1 IS NOT NULL AND EXISTS (SELECT 1 FROM %1$I.devices WHERE imei2 = NEW.imei1 AND freed IS NULL AND id <> NEW.id)
            OR NEW.imei2 IS NOT NULL AND EXISTS (SELECT 1 FROM %1$I.devices WHERE imei1 = NEW.imei2 AND freed IS NULL AND id <> NEW.id) THEN
                RAISE EXCEPTION ''IMEI taken'' USING ERRCODE = ''unique_violation'', CONSTRAINT = ''devices_imei'';
            END IF;
            RETURN NEW;
        END $body$', here);
END $$;
