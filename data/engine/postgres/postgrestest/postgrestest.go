// Package postgrestest gives tests registers on a server, if there is one for them.
package postgrestest

import (
	"context"
	"crypto/rand"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"consign/data/engine/postgres"
)

// Location is the environment variable with the address of the server whose database the tests may fill, as
// postgres://user@host:port/database.
const Location = "CONSIGN_POSTGRES"

// Wanted reports whether tests open registers on a server.
func Wanted() bool { return os.Getenv(Location) != "" }

// Place is a schema of its own for a test, which is dropped after it, with the roles of the server whose names begin with its name.
func Place(tb testing.TB) postgres.Place {
	tb.Helper()
	address, err := url.Parse(os.Getenv(Location))
	if err != nil {
		tb.Fatal(err)
	}
	port, err := strconv.Atoi(address.Port())
	if err != nil {
		tb.Fatal(err)
	}
	password, _ := address.User.Password()
	p := postgres.Place{Host: address.Hostname(), Port: port, Database: strings.TrimPrefix(address.Path, "/"), User: address.User.Username(),
		Password: password, Schema: "test_" + strings.ToLower(rand.Text())}
	DropLater(tb, p)
	return p
}

// DropLater drops the schema of the place after the test, with the roles of the server whose names begin with its name.
func DropLater(tb testing.TB, p postgres.Place) {
	tb.Cleanup(func() {
		ctx := context.Background()
		conn, err := pgx.Connect(ctx, os.Getenv(Location))
		if err != nil {
			tb.Log(err)
			return
		}
		defer conn.Close(ctx)
		if _, err := conn.Exec(ctx, "SET client_min_messages = warning; DROP SCHEMA IF EXISTS "+p.Schema+` CASCADE; DO $$
			DECLARE role TEXT;
			BEGIN
				FOR role IN SELECT rolname FROM pg_roles WHERE starts_with(rolname, '`+p.Schema+`_') LOOP
					EXECUTE 'DROP ROLE ' || quote_ident(role);
				END LOOP;
			END $$`); err != nil {
			tb.Log(err)
		}
	})
}

// Invite has the path lead to a register of the test on a server, if tests have one.
func Invite(tb testing.TB, path string) string {
	tb.Helper()
	if Wanted() {
		if err := postgres.WriteInvitation(path, Place(tb)); err != nil {
			tb.Fatal(err)
		}
	}
	return path
}

// Tamper changes the register that the file at path leads to, as an administrator of the server may who turns off what guards it.
func Tamper(tb testing.TB, path, statements string) {
	tb.Helper()
	p, _, err := postgres.ReadInvitation(path)
	if err != nil {
		tb.Fatal(err)
	}
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, os.Getenv(Location))
	if err != nil {
		tb.Fatal(err)
	}
	defer conn.Close(ctx)
	const unguarded = `; CREATE OR REPLACE FUNCTION zeroblob(integer) RETURNS bytea LANGUAGE sql
			AS $$ SELECT decode(repeat('00', $1), 'hex') $$;
		ALTER TABLE activity ENABLE ALWAYS TRIGGER next_id;
		ALTER TABLE uploads ENABLE ALWAYS TRIGGER next_id;
		ALTER TABLE devices ENABLE ALWAYS TRIGGER next_id;
		SET session_replication_role = replica; `
	if _, err := conn.Exec(ctx, "SET search_path = "+p.Schema+unguarded+statements); err != nil {
		tb.Fatal(err)
	}
}

// OfFiles skips a test that is about the file of a register of one desk.
func OfFiles(tb testing.TB) {
	tb.Helper()
	if Wanted() {
		tb.Skip("it is about the file of a register")
	}
}
