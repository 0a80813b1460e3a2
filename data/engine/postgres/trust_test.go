package postgres

import (
	"context"
	"crypto/tls"
	"encoding/base64"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/sirupsen/logrus"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"consign/data/engine/postgres/postgrestest/curt"
	"consign/model"
)

// refusing is a server that has a certificate, or none, and answers every login with one error.
func refusing(t *testing.T, certificate *tls.Certificate, code string) Place {
	t.Helper()
	return Place{Host: "127.0.0.1", Port: curt.Serve(t, certificate, code), Database: "consign", Schema: "consign", User: "anna",
		Password: "wrong"}
}

func certificateFor(t *testing.T, host string) (root string, certificate *tls.Certificate) {
	t.Helper()
	authority, server, key, err := certificates(host)
	require.NoError(t, err)
	pair, err := tls.X509KeyPair(server, key)
	require.NoError(t, err)
	return string(authority), &pair
}

func TestServerThatCannotBeTrustedOrDoesNotTrustIsRefusedWithASentence(t *testing.T) {
	ours, right := certificateFor(t, "127.0.0.1")
	foreign, _ := certificateFor(t, "127.0.0.1")
	_, elsewhere := certificateFor(t, "other.example")
	const distrust = "its certificate is not to be trusted"
	for name, c := range map[string]struct {
		certificate *tls.Certificate
		root        string
		code        string
		want        model.Code
		says        string
	}{
		"an authority that nobody named": {right, foreign, "", model.Unreadable, distrust},
		"a certificate of another host":  {elsewhere, ours, "", model.Unreadable, distrust},
		"no encryption":                  {nil, ours, "", model.Unreadable, "offers no encrypted connection"},
		"a wrong password":               {right, ours, "28P01", model.Denied, "does not accept this name or its password"},
		"a name that it does not know":   {right, ours, "28000", model.Denied, "does not accept this name or its password"},
		"no such database":               {right, ours, "3D000", model.NotFound, "has no such database"},
		"a root that is none":            {right, "-----", "", model.Invalid, "incomplete"},
	} {
		t.Run(name, func(t *testing.T) {
			place := refusing(t, c.certificate, c.code)
			place.Root = c.root
			log := logrus.New()
			log.SetOutput(io.Discard)
			_, err := Open(context.Background(), place, Options{Log: log, MustExist: true})
			require.Equal(t, c.want, model.CodeOf(err), err)
			require.Contains(t, err.Error(), c.says)
			require.Error(t, Try(context.Background(), place))
		})
	}
}

func TestServerOfAnotherMachineIsVerifiedInFull(t *testing.T) {
	require.Contains(t, Place{Host: "register.example.org", Port: 5432}.url(), "sslmode=verify-full")
	require.Contains(t, Place{Host: "192.168.1.20", Port: 5432}.url(), "sslmode=verify-full")
	require.Contains(t, Place{Host: "127.0.0.1", Port: 5432, Root: "x"}.url(), "sslmode=verify-full")
	c, err := Place{Host: "register.example.org", Port: 5432, Database: "d", Schema: "s", User: "u"}.config()
	require.NoError(t, err)
	require.NotNil(t, c.TLSConfig)
	require.False(t, c.TLSConfig.InsecureSkipVerify)
	require.Equal(t, "register.example.org", c.TLSConfig.ServerName)
	require.Empty(t, c.Fallbacks)
}

func TestOldServerIsRefusedByItsVersion(t *testing.T) {
	require.NoError(t, newEnough(150000))
	err := newEnough(120017)
	require.Equal(t, model.Unreadable, model.CodeOf(err))
	require.Contains(t, err.Error(), "The server runs PostgreSQL 12. A shared register needs version 15 or newer.")
}

// TestPasswordIsGivenToTheServerAsItKeepsIt compares with what the server makes of the same password and salt.
func TestPasswordIsGivenToTheServerAsItKeepsIt(t *testing.T) {
	address := os.Getenv("CONSIGN_POSTGRES")
	if address == "" {
		t.Skip("there is no server: make check-server has one")
	}
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, address)
	require.NoError(t, err)
	defer conn.Close(ctx)
	tx, err := conn.Begin(ctx)
	require.NoError(t, err)
	defer tx.Rollback(ctx)
	_, err = tx.Exec(ctx, "SET LOCAL password_encryption = 'scram-sha-256'; CREATE ROLE password_of_a_test PASSWORD 'kx7m-9hq2'")
	require.NoError(t, err)
	var kept string
	require.NoError(t, tx.QueryRow(ctx, "SELECT rolpassword FROM pg_authid WHERE rolname = 'password_of_a_test'").Scan(&kept))
	salt, _, _ := strings.Cut(strings.Split(kept, ":")[1], "$")
	raw, err := base64.StdEncoding.DecodeString(salt)
	require.NoError(t, err)
	require.Equal(t, kept, verifier("kx7m-9hq2", string(raw)))
	_, err = tx.Exec(ctx, "ALTER ROLE password_of_a_test PASSWORD '"+kept+"'")
	require.NoError(t, err)
	require.NotEqual(t, NewPassword(), NewPassword())
}

func TestFilesForAServerAreWholeAndItsCertificateIsTheHosts(t *testing.T) {
	for _, debian := range []bool{false, true} {
		folder := t.TempDir()
		place, err := WriteSetup(folder, "127.0.0.1", 5433, debian)
		require.NoError(t, err)
		pair, err := tls.LoadX509KeyPair(filepath.Join(folder, "setup", "server.crt"), filepath.Join(folder, "setup", "server.key"))
		require.NoError(t, err)
		answers := refusing(t, &pair, "28P01")
		answers.Root = place.Root
		require.Equal(t, model.Denied, model.CodeOf(Try(context.Background(), answers)), "it is trusted, and the password is asked for")
		if debian {
			script, err := os.ReadFile(filepath.Join(folder, "debian.sh"))
			require.NoError(t, err)
			require.NotContains(t, string(script), place.Password, "only what the server keeps of it")
			require.Contains(t, string(script), "port = 5433")
			require.NotContains(t, string(script), "{{")
			continue
		}
		text, err := os.ReadFile(filepath.Join(folder, "compose.yaml"))
		require.NoError(t, err)
		var compose struct {
			Services map[string]struct {
				Image, Restart string
				Ports, Volumes []string
				Environment    map[string]string
			}
		}
		require.NoError(t, yaml.Unmarshal(text, &compose))
		require.Equal(t, []string{"5433:5432"}, compose.Services["register"].Ports)
		require.Contains(t, compose.Services["backups"].Volumes, "./backups:/backups")
		require.Equal(t, place.User, compose.Services["register"].Environment["POSTGRES_USER"])
		password, err := os.ReadFile(filepath.Join(folder, "setup", "password"))
		require.NoError(t, err)
		require.Equal(t, place.Password, string(password))
	}
}
