package sqlite

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"consign/data/engine"
)

func TestFormsAreUnderstood(t *testing.T) {
	db, err := connect(filepath.Join(t.TempDir(), "x.db"), nil, 1)
	require.NoError(t, err)
	defer engine.ClosePool(db)
	require.NoError(t, db.Exec("CREATE TABLE x (id INTEGER PRIMARY KEY, a INTEGER)").Error)
	for _, form := range engine.Forms {
		require.Regexp(t, form.Pattern, form.Example)
		args := make([]any, strings.Count(form.Example, "?"))
		for i := range args {
			args[i] = "[7]"
		}
		require.NoError(t, db.Exec(form.Example, args...).Error, form.Name)
	}
}
