package postgres

import (
	"context"
	"errors"
	"io"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/sirupsen/logrus"
	"github.com/stretchr/testify/require"

	"consign/data/engine"
	"consign/model"
)

// TestOnlyAnAdministratorsNewerDeskMigratesAfterACopyWasSaved begins with a register of an earlier version, which has no roles yet.
func TestOnlyAnAdministratorsNewerDeskMigratesAfterACopyWasSaved(t *testing.T) {
	address, err := url.Parse(os.Getenv("CONSIGN_POSTGRES"))
	if err != nil || address.Host == "" {
		t.Skip("there is no server: make check-server has one")
	}
	ctx := context.Background()
	port, err := strconv.Atoi(address.Port())
	require.NoError(t, err)
	const schema, login = "test_versions", "test_versions_clerk_login"
	at := Place{Host: address.Hostname(), Port: port, Database: strings.TrimPrefix(address.Path, "/"), User: address.User.Username(),
		Schema: schema}
	conn, err := pgx.Connect(ctx, address.String())
	require.NoError(t, err)
	defer conn.Close(ctx)
	drop := "SET client_min_messages = warning; DROP SCHEMA IF EXISTS " + schema + " CASCADE; DROP ROLE IF EXISTS " + login
	_, err = conn.Exec(ctx, drop)
	require.NoError(t, err)
	defer func() { _, _ = conn.Exec(ctx, drop) }()
	log := logrus.New()
	log.SetOutput(io.Discard)

	known := migrationsInOrder
	migrationsInOrder = known[:1]
	old, err := Open(ctx, at, Options{Log: log})
	migrationsInOrder = known
	require.Error(t, err, "a desk of today asks for its role, which that version has not")
	require.Nil(t, old)
	_, err = conn.Exec(ctx, "CREATE ROLE "+login+" LOGIN; GRANT USAGE ON SCHEMA "+schema+" TO "+login+"; GRANT SELECT ON ALL "+
		"TABLES IN SCHEMA "+schema+" TO "+login)
	require.NoError(t, err)

	clerk := at
	clerk.User = login
	copies := 0
	save := func(e engine.Engine) error {
		pending, err := e.Pending(ctx)
		require.NoError(t, err)
		require.Equal(t, []string{known[1].ID}, pending, "the copy is of the register as it was")
		copies++
		return nil
	}
	_, err = Open(ctx, clerk, Options{Log: log, MustExist: true, BeforeMigration: save})
	require.Equal(t, model.Refused, model.CodeOf(err), err)
	require.Contains(t, err.Error(), "An administrator of the register opens it with the new version first")
	require.Zero(t, copies)
	refused := errors.New("no room for a copy")
	_, err = Open(ctx, at, Options{Log: log, MustExist: true, BeforeMigration: func(engine.Engine) error { return refused }})
	require.ErrorIs(t, err, refused, "without a copy nothing is migrated")
	d, err := Open(ctx, at, Options{Log: log, MustExist: true, BeforeMigration: save})
	require.NoError(t, err)
	require.Equal(t, 1, copies)
	pending, err := d.Pending(ctx)
	require.NoError(t, err)
	require.Empty(t, pending)
	require.NoError(t, d.Close())

	_, err = conn.Exec(ctx, "INSERT INTO "+schema+".migrations VALUES ('0098_of_tomorrow', '"+known[1].ID+"')")
	require.NoError(t, err)
	d, err = Open(ctx, at, Options{Log: log, MustExist: true, BeforeMigration: save})
	require.NoError(t, err, "what tomorrow's desk has added is not looked at")
	defer func() { require.NoError(t, d.Close()) }()
	require.Equal(t, model.Newer, model.CodeOf(d.ReadOnly()), d.ReadOnly())
	require.Contains(t, d.ReadOnly().Error(), "you may look at everything, and change nothing. Install the newer version.")
	var uploads int
	require.NoError(t, d.Read().Raw("SELECT count(*) FROM uploads").Scan(&uploads).Error)
	_, err = d.Copy(ctx, io.Discard)
	require.Equal(t, model.Newer, model.CodeOf(err), "a copy would lack something")
	require.Equal(t, 1, copies, "and it migrates nothing")

	_, err = conn.Exec(ctx, "INSERT INTO "+schema+".migrations VALUES ('0099_of_tomorrow', '0099_of_tomorrow')")
	require.NoError(t, err)
	_, err = Open(ctx, at, Options{Log: log, MustExist: true})
	require.Equal(t, model.Newer, model.CodeOf(err), err)
	require.Contains(t, err.Error(), "Install the newer version")
}
