package docs_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// writing are the functions of package os that change files or folders.
var writing = strings.Fields("Chmod Chtimes CopyFS Create CreateTemp Link Mkdir MkdirAll MkdirTemp OpenFile OpenRoot Remove RemoveAll " +
	"Rename Symlink Truncate WriteFile")

// writesItself is what writes files without the room data/disk, by file and function, with why it must.
var writesItself = map[string]string{
	"data/engine/sqlite/open.go openToWrite":     "makes the empty file that SQLite writes, with its mode",
	"data/engine/sqlite/open.go whyReadOnly":     "opens the register's own file to see whether it may be written, and writes nothing",
	"data/engine/sqlite/lock.go sign":            "writes into a lock that is held, which must stay the file that it is",
	"data/engine/sqlite/wreck.go mendHeader":     "writes over the beginning of a private copy that is thrown away",
	"ui/office/log.go openCrash":                 "the runtime wants the system's file for the trace of a crash",
	"ui/system/console_windows.go AttachConsole": "the console is a device of Windows with the name of a file",
}

// TestFilesAreWrittenInOneRoom: what fails on demand in tests and is whole or not there is all in data/disk.
func TestFilesAreWrittenInOneRoom(t *testing.T) {
	looked, met := 0, map[string]bool{}
	for _, path := range sources(t) {
		folder := filepath.ToSlash(filepath.Dir(path))
		if strings.HasSuffix(path, "_test.go") || isBelow(folder, "data/disk") || isBelow(folder, "data/registertest") ||
			isBelow(folder, "ui/uitest") || isBelow(folder, "data/engine/postgres/postgrestest") {
			continue
		}
		looked++
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		require.NoError(t, err)
		for _, decl := range file.Decls {
			name := ""
			if f, ok := decl.(*ast.FuncDecl); ok {
				name = f.Name.Name
			}
			ast.Inspect(decl, func(n ast.Node) bool {
				selector, ok := n.(*ast.SelectorExpr)
				if !ok {
					return true
				}
				of, ok := selector.X.(*ast.Ident)
				if !ok || of.Name != "ioutil" && (of.Name != "os" || !slices.Contains(writing, selector.Sel.Name)) {
					return true
				}
				here := filepath.ToSlash(path) + " " + name
				if met[here] = true; writesItself[here] == "" {
					t.Errorf("%s: %s calls %s.%s; files are written in data/disk", path, name, of.Name, selector.Sel.Name)
				}
				return true
			})
		}
	}
	require.Greater(t, looked, 100)
	for here := range writesItself {
		require.True(t, met[here], "%s writes no more", here)
	}
}
