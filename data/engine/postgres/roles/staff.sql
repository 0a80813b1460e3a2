-- Who works in the register {{.Schema}}, for its administrators: they have no right on the server to make logins, and need none. This runs with
-- the right of the login that has made the register, so it looks at what the server itself knows and at nothing that they could change.
-- works_as NULL takes a login away; verifier is what SCRAM keeps of a password, NULL leaves the one that is there.
CREATE FUNCTION {{.Quoted}}.set_login(login TEXT, works_as TEXT, verifier TEXT) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    here  CONSTANT TEXT := {{.Literal}};
    ours  CONSTANT TEXT[] := ARRAY[here || '_reader', here || '_clerk', here || '_approver', here || '_administrator'];
    held  TEXT[];
    named TEXT;
BEGIN
    IF NOT pg_has_role(session_user, ours[4], 'MEMBER') THEN
        RAISE EXCEPTION 'for administrators of the register' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF here || '_' || works_as <> ALL (ours) OR verifier !~ '^SCRAM-SHA-256\$[0-9]+:[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+$' THEN
        RAISE EXCEPTION 'no role, or no verifier' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = login) THEN
        SELECT array_agg(g.rolname::text) INTO held FROM pg_auth_members m JOIN pg_roles p ON p.oid = m.member JOIN pg_roles g ON g.oid = m.roleid
            WHERE p.rolname = login;
        IF held IS NULL OR NOT held <@ ours OR login = session_user OR EXISTS (SELECT 1 FROM pg_roles WHERE rolname = login
            AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)) THEN
            RAISE EXCEPTION 'not a login of this register alone, or one''s own' USING ERRCODE = 'insufficient_privilege';
        END IF;
    ELSIF works_as IS NULL OR verifier IS NULL THEN
        RAISE EXCEPTION 'no such login' USING ERRCODE = 'undefined_object';
    ELSE
        EXECUTE format('CREATE ROLE %I LOGIN', login);
    END IF;
    IF verifier IS NOT NULL THEN
        EXECUTE format('ALTER ROLE %I PASSWORD %L', login, verifier);
    END IF;
    FOREACH named IN ARRAY coalesce(held, '{}') LOOP
        EXECUTE format('REVOKE %I FROM %I', named, login);
    END LOOP;
    IF works_as IS NOT NULL THEN
        EXECUTE format('GRANT %I TO %I', here || '_' || works_as, login);
        RETURN;
    END IF;
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
        EXECUTE format('GRANT %I TO %I', login, current_user);
    END IF;
    PERFORM pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = login; -- its temporary tables would hold it
    EXECUTE format('DROP ROLE %I', login);
END $$;
REVOKE ALL ON FUNCTION {{.Quoted}}.set_login(TEXT, TEXT, TEXT) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION {{.Quoted}}.set_login(TEXT, TEXT, TEXT) TO {{.Administrators}};
