package sqlite

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	driver "github.com/glebarez/sqlite"
	"github.com/stretchr/testify/require"

	"consign/data/engine"
)

// TestDriverIsTheOneWhoseInsideTheReaderKnows: whoever takes another version looks at conn in its sqlite.go, that db is still the sqlite3 *
// and that nothing else of the connection needs to know of statements that run beside its own, and then writes the version here.
func TestDriverIsTheOneWhoseInsideTheReaderKnows(t *testing.T) {
	text, err := os.ReadFile("../../../go.mod")
	require.NoError(t, err)
	require.Contains(t, string(text), "github.com/glebarez/go-sqlite v1.23.0\n")
	require.Contains(t, string(text), "modernc.org/sqlite v1.55.0\n")

	db, err := sql.Open(driver.DriverName, filepath.Join(t.TempDir(), "x.db"))
	require.NoError(t, err)
	defer db.Close()
	conn, err := db.Conn(context.Background())
	require.NoError(t, err)
	defer conn.Close()
	require.NoError(t, conn.Raw(func(driverConn any) error {
		field, has := reflect.TypeOf(driverConn).Elem().FieldByName("db")
		require.True(t, has)
		require.Equal(t, reflect.Uintptr, field.Type.Kind())
		return nil
	}))
	require.NoError(t, rawOn(context.Background(), conn, func(c engine.Reader) error {
		return c.Each("SELECT 'of ' || ?", []any{"this handle"}, func(row engine.Row) error {
			require.Equal(t, "of this handle", string(row.Bytes(0)))
			return nil
		})
	}))
}
