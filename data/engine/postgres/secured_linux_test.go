package postgres_test

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/sirupsen/logrus"
	"github.com/stretchr/testify/require"

	"consign/data/engine"
	"consign/data/engine/postgres"
	"consign/data/engine/postgres/postgrestest"
	"consign/data/engine/postgres/postgrestest/curt"
	"consign/data/engine/sqlite"
	"consign/model"
)

// secured is a server with the files that the assistant writes, whose administrator the place is.
func secured(t *testing.T) (*postgrestest.Cluster, postgres.Place) {
	t.Helper()
	c := postgrestest.NewCluster(t)
	folder := t.TempDir()
	at, err := postgres.WriteSetup(folder, "127.0.0.1", c.Port, false)
	require.NoError(t, err)
	for _, name := range []string{"server.crt", "server.key", "pg_hba.conf"} {
		text, err := os.ReadFile(filepath.Join(folder, "setup", name))
		require.NoError(t, err)
		c.Write(name, string(text))
	}
	c.Start("ssl=on", "ssl_cert_file="+filepath.Join(c.Folder, "server.crt"), "ssl_key_file="+filepath.Join(c.Folder, "server.key"),
		"hba_file="+filepath.Join(c.Folder, "pg_hba.conf"), "password_encryption=scram-sha-256")
	c.SQL("CREATE ROLE " + at.User + " LOGIN CREATEROLE PASSWORD '" + at.Password + "'")
	c.SQL("CREATE DATABASE " + at.Database + " OWNER " + at.User)
	return c, at
}

// founded is a register there with an administrator and a reader.
func founded(t *testing.T, at postgres.Place) (anna, dora postgres.Place) {
	t.Helper()
	file, _, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "consign.db"), sqlite.Options{Log: quiet()})
	require.NoError(t, err)
	defer file.Close()
	persons := []postgres.Person{{Name: "Anna", Login: "anna", Role: model.Administrator, Password: postgres.NewPassword()},
		{Name: "Dora", Login: "dora", Role: model.RegisterReader, Password: postgres.NewPassword()}}
	require.NoError(t, postgres.Found(ctx, postgres.Founding{Place: at, Persons: persons, From: file, Log: quiet()}))
	anna, dora = at, at
	anna.User, anna.Password = "anna", persons[0].Password
	dora.User, dora.Password = "dora", persons[1].Password
	return anna, dora
}

func quiet() *logrus.Logger {
	log := logrus.New()
	log.SetOutput(io.Discard)
	return log
}

func opened(t *testing.T, at postgres.Place) *postgres.Database {
	t.Helper()
	d, err := postgres.Open(ctx, at, postgres.Options{Log: quiet(), MustExist: true})
	require.NoError(t, err)
	t.Cleanup(func() { d.Close() })
	return d
}

func refusedBy(t *testing.T, at postgres.Place, code model.Code, says string) {
	t.Helper()
	_, err := postgres.Open(ctx, at, postgres.Options{Log: quiet(), MustExist: true})
	require.Equal(t, code, model.CodeOf(err), err)
	require.Contains(t, err.Error(), says)
}

// TestSharedRegisterIsEncryptedVerifiedInFullAndOpenedByPassword uses the certificate and the rules of the assistant's files on a real
// server, and an administrator of it who is no superuser.
func TestSharedRegisterIsEncryptedVerifiedInFullAndOpenedByPassword(t *testing.T) {
	_, at := secured(t)
	require.NoError(t, postgres.Try(ctx, at))
	anna, _ := founded(t, at)
	d := opened(t, anna)
	var link struct {
		SSL     bool
		Version string
	}
	require.NoError(t, d.Read().Raw("SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()").Scan(&link).Error)
	require.True(t, link.SSL)
	require.Contains(t, link.Version, "TLSv1.3")
	require.Equal(t, engine.Login{Person: "Anna", Role: model.Administrator}, d.Login())
	require.NoError(t, d.Act(ctx, func(engine.Act) error { return nil }))

	foreign, err := postgres.WriteSetup(t.TempDir(), "127.0.0.1", at.Port, false)
	require.NoError(t, err)
	wrong := anna
	wrong.Root = foreign.Root
	refusedBy(t, wrong, model.Unreadable, "its certificate is not to be trusted")
	wrong = anna
	wrong.Host = "localhost" // which the certificate is not for
	refusedBy(t, wrong, model.Unreadable, "its certificate is not to be trusted")
	wrong = anna
	wrong.Root = "" // a server on this machine needs no encryption, but this one wants it
	refusedBy(t, wrong, model.Denied, "does not accept this name or its password")
	wrong = anna
	wrong.Password += "x"
	refusedBy(t, wrong, model.Denied, "does not accept this name or its password")
	wrong = anna
	wrong.Database = "other"
	refusedBy(t, wrong, model.NotFound, "has no such database")
}

// TestPasswordsAndLoginsAreChangedWithoutASuperuser has an administrator of the register do what the function of the founder allows.
func TestPasswordsAndLoginsAreChangedWithoutASuperuser(t *testing.T) {
	c, at := secured(t)
	anna, dora := founded(t, at)
	d := opened(t, anna)
	read := opened(t, dora)
	require.Equal(t, model.Refused, model.CodeOf(read.ChangePassword(ctx, "anna", "guessed-guessed")))

	var invited postgres.Place
	emil, err := d.AddPerson(ctx, postgres.Person{Name: "Emil", Login: "dora", Role: model.Clerk, Password: "first-password"},
		func(p postgres.Place) error { invited = p; return nil })
	require.NoError(t, err)
	require.Equal(t, "dora2", emil.Login, "dora is somebody else")
	require.Empty(t, invited.Password)
	invited.Password = "first-password"
	require.Equal(t, model.Clerk, opened(t, invited).Login().Role)

	require.NoError(t, d.ChangePassword(ctx, "dora2", "second-password"))
	refusedBy(t, invited, model.Denied, "does not accept")
	invited.Password = "second-password"
	clerk := opened(t, invited)
	require.NoError(t, clerk.ChangePassword(ctx, "dora2", "own-own-password"))
	require.NoError(t, clerk.Read().Exec("SELECT 1").Error)
	engine.Renew(clerk.Read(), 1)
	require.NoError(t, clerk.Read().Exec("SELECT 1").Error, "new connections are made with the new one")
	refusedBy(t, invited, model.Denied, "does not accept")

	require.NoError(t, d.ChangeRole(ctx, "dora2", model.Approver))
	invited.Password = "own-own-password"
	require.Equal(t, model.Approver, opened(t, invited).Login().Role)

	require.NoError(t, d.RemovePerson(ctx, "dora2"))
	refusedBy(t, invited, model.Denied, "does not accept")
	require.Equal(t, "0", c.SQL("SELECT count(*) FROM pg_stat_activity WHERE usename = 'dora2'"), "what was open has ended")
	require.Equal(t, model.NotFound, model.CodeOf(d.RemovePerson(ctx, "dora2")))
	require.Equal(t, model.NotFound, model.CodeOf(d.RemovePerson(ctx, "anna")), "not one's own")
	for _, login := range []string{postgrestest.Superuser, at.User} {
		err := d.Write().Exec("SELECT set_login(?, 'reader', NULL)", login).Error
		require.Equal(t, engine.Forbidden, engine.TroubleOf(err), login)
	}
	c.SQL("CREATE ROLE elsewhere; CREATE ROLE fritz LOGIN; GRANT elsewhere, consign_clerk TO fritz")
	err = d.Write().Exec("SELECT set_login('fritz', 'reader', NULL)").Error
	require.Equal(t, engine.Forbidden, engine.TroubleOf(err), "who works elsewhere on the server, too, is the server administrator's")
}

// TestAReaderWithATool is somebody who has a reader's password and psql.
func TestAReaderWithATool(t *testing.T) {
	c, at := secured(t)
	_, dora := founded(t, at)
	root := c.Write("root.crt", dora.Root)
	psql := func(statement string) (string, error) {
		return c.Try("psql", "-qAtX", "-v", "ON_ERROR_STOP=1", "host=127.0.0.1 port="+strconv.Itoa(dora.Port)+" dbname="+dora.Database+
			" user=dora password="+dora.Password+" sslmode=verify-full sslrootcert="+root, "-c", "SET search_path = consign", "-c", statement)
	}
	out, err := psql("SELECT count(*) FROM persons")
	require.NoError(t, err, out)
	require.Equal(t, "2\n", out)
	for _, statement := range []string{
		"INSERT INTO accounts (kind, knox_id, company_name, created_at) VALUES ('reseller', '1', 'R', 0)",
		"INSERT INTO activity (at, event, person) VALUES (0, 'devices deleted', 'Anna')",
		"UPDATE register SET act = act + 1",
		"UPDATE devices SET deleted = 1",
		"DELETE FROM activity",
		"INSERT INTO settings VALUES ('moved.approve.at.once', 'false')",
		"INSERT INTO persons VALUES ('dora2', 'Dora the second')",
		"SELECT set_login('dora2', 'administrator', NULL)",
		"GRANT consign_administrator TO dora",
		"ALTER TABLE activity DISABLE TRIGGER ALL",
		"CREATE TABLE consign.mine (a INTEGER)",
		"SET ROLE consign_administrator",
		"COPY devices TO PROGRAM 'cat'",
	} {
		out, err := psql(statement)
		require.Error(t, err, statement)
		require.Regexp(t, "permission denied|must be owner|must have|only superusers|must be superuser", out, statement)
	}
}

// TestServerOfVersion12IsRefused asks a stand-in that says so.
func TestServerOfVersion12IsRefused(t *testing.T) {
	at := postgres.Place{Host: "127.0.0.1", Port: curt.OfVersion(t, 120017), Database: "consign", Schema: "consign", User: "anna"}
	const says = "The server runs PostgreSQL 12. A shared register needs version 15 or newer."
	refusedBy(t, at, model.Unreadable, says)
	err := postgres.Try(context.Background(), at)
	require.Equal(t, model.Unreadable, model.CodeOf(err), err)
	require.Contains(t, err.Error(), says)
}
