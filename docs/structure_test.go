// Package docs_test holds the sources to what the documents say: rooms and their imports (architecture.md), names, words.
package docs_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"consign/data/engine"
)

// TestMain lets the tests see the module from its top.
func TestMain(m *testing.M) {
	if err := os.Chdir(".."); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// room is a package of this module as the go tool sees it.
type room struct {
	ImportPath, Name string
	Imports, Deps    []string
}

// rooms lists the packages of this module.
func rooms(t *testing.T) []room {
	t.Helper()
	list := exec.Command("go", "list", "-tags", "migrated_fynedo,ci", "-json=ImportPath,Name,Imports,Deps", "./...")
	list.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := list.Output()
	require.NoError(t, err)
	var all []room
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var r room
		if err := d.Decode(&r); errors.Is(err, io.EOF) {
			return all
		} else {
			require.NoError(t, err)
		}
		all = append(all, r)
	}
}

func isBelow(path, root string) bool { return path == root || strings.HasPrefix(path, root+"/") }

func ours(path string) bool { return isBelow(path, "consign") }

func TestEachRoomImportsOnlyRoomsBelowIt(t *testing.T) {
	for _, r := range rooms(t) {
		for _, i := range r.Imports {
			switch {
			case i == "fyne.io/fyne/v2/app" && r.ImportPath != "consign":
				t.Errorf("%s imports %s: only main may", r.ImportPath, i)
			case r.ImportPath == "consign/model" && strings.Contains(i, "."):
				t.Errorf("model imports %s: it stands on the standard library", i)
			case (r.ImportPath == "consign/model" || r.ImportPath == "consign/assets") && ours(i):
				t.Errorf("%s imports %s: it is the ground", r.ImportPath, i)
			case isBelow(r.ImportPath, "consign/data") && isBelow(i, "consign/ui"):
				t.Errorf("%s imports %s: upwards", r.ImportPath, i)
			}
		}
		for _, d := range r.Deps {
			if isBelow(r.ImportPath, "consign/data") && isBelow(d, "fyne.io/fyne/v2") {
				t.Errorf("%s reaches %s: the register knows no window", r.ImportPath, d)
			}
			if r.ImportPath == "consign/model" && isBelow(d, "gorm.io") {
				t.Errorf("model reaches %s", d)
			}
		}
	}
}

// floors are the rooms of ui from the ground up: each imports only rooms of floors below its own. Those of the first three know
// nothing of devices. docs/architecture.md draws them.
var floors = [][]string{
	{"control", "look", "system", "words"},
	{"task"},
	{"grid", "chart", "shell"},
	{"page"},
	{"unfinished"},
	{"activity", "overview", "portalfile", "review", "safe", "sharing"},
	{"bylist"},
	{"device"},
	{"compare", "devices", "lists", "newupload", "orders"},
	{"settings", "uploads"},
	{"msp", "reseller"},
	{"office"},
	{"desk"},
}

const firstThatKnowsDevices = 3

// knowNoDevice are the rooms below ui that every floor may import: they know nothing of devices themselves.
var knowNoDevice = []string{"consign/assets", "consign/model/search", "consign/data/disk"}

func floorOf(path string) int {
	return slices.IndexFunc(floors, func(rooms []string) bool { return slices.Contains(rooms, strings.TrimPrefix(path, "consign/ui/")) })
}

func TestNoArrowRunsBackUpBetweenRoomsOfUI(t *testing.T) {
	for _, r := range rooms(t) {
		if !isBelow(r.ImportPath, "consign/ui") || r.Name == "main" || r.ImportPath == "consign/ui/uitest" {
			continue
		}
		floor := floorOf(r.ImportPath)
		if floor < 0 {
			t.Errorf("%s has no floor: say in floors and in docs/architecture.md where it is", r.ImportPath)
		}
		for _, i := range r.Imports {
			switch {
			case i == "consign/ui/uitest":
				t.Errorf("%s imports %s: only tests may", r.ImportPath, i)
			case isBelow(i, "consign/ui") && floorOf(i) >= floor:
				t.Errorf("%s imports %s: not below it", r.ImportPath, i)
			case ours(i) && !isBelow(i, "consign/ui") && floor < firstThatKnowsDevices && !slices.Contains(knowNoDevice, i):
				t.Errorf("%s imports %s: it knows nothing of devices", r.ImportPath, i)
			}
		}
	}
}

// TestOnlyTheOpenerKnowsWhichEnginesThereAre: acts and readings of the register are the same whichever database keeps it.
func TestOnlyTheOpenerKnowsWhichEnginesThereAre(t *testing.T) {
	inside := regexp.MustCompile(`^consign/data/engine/|^modernc\.org/|^github\.com/glebarez/|^database/sql/driver$`)
	for _, path := range sources(t) {
		if strings.HasSuffix(path, "_test.go") || strings.HasPrefix(filepath.ToSlash(path), "data/engine/") {
			continue
		}
		_, file := parse(t, path)
		for _, i := range file.Imports {
			name := strings.Trim(i.Path.Value, `"`)
			known := filepath.ToSlash(path) == "data/opener.go" || // of the engines
				filepath.ToSlash(path) == "data/tables.go" && name == "database/sql/driver" || // for values of columns
				strings.HasPrefix(filepath.ToSlash(path), "data/registertest/") // makes registers for tests and benchmarks
			if inside.MatchString(name) && !known {
				t.Errorf("%s imports %s: only data/opener.go knows the engines", path, name)
			}
		}
	}
}

// TestStatementsOfTheRegisterAreWrittenInWhatEveryEngineReads looks at the texts of SQL in data: what one database says in its own way is
// either a form, which engines translate, or belongs into the engine.
func TestStatementsOfTheRegisterAreWrittenInWhatEveryEngineReads(t *testing.T) {
	statement := regexp.MustCompile(`\b(SELECT|INSERT|UPDATE|DELETE|FROM|JOIN|WHERE|PRAGMA)\b`)
	ofSQLite := regexp.MustCompile(`json_|jsonb|group_concat|INDEXED|\bOR (FAIL|IGNORE|REPLACE|ABORT)\b|PRAGMA|pragma_|sqlite_|\browid\b|` +
		`WITHOUT ROWID|COLLATE|strftime|CROSS JOIN \w+( \w+)? ON|ON CONFLICT DO UPDATE|LIMIT -1|\bGLOB\b|\btemp\.`)
	for _, path := range sources(t) {
		if strings.HasSuffix(path, "_test.go") || filepath.ToSlash(filepath.Dir(path)) != "data" || filepath.Base(path) == "rescue_sheets.go" {
			continue // a wreck is a file of SQLite
		}
		set, file := parse(t, path)
		ast.Inspect(file, func(n ast.Node) bool {
			text, is := n.(*ast.BasicLit)
			if !is || text.Kind != token.STRING || !statement.MatchString(text.Value) {
				return true
			}
			rest := text.Value
			for _, form := range engine.Forms {
				rest = form.Pattern.ReplaceAllString(rest, "")
			}
			if found := ofSQLite.FindString(rest); found != "" {
				t.Errorf("%s: %q is SQLite's alone: a form of data/engine, or a function of the engine", set.Position(text.Pos()), found)
			}
			return true
		})
	}
}

// numbersInStatements are the texts of data that make a statement with a number in it, and why it is no argument: a number that a
// statement compares with has to be one, or a server reads it as another kind of number where it is small, and each text is translated.
var numbersInStatements = map[string]string{
	"SELECT %d, identifier, id FROM wanted CROSS JOIN devices ON ": "one of four, a result",
	"UPDATE OR FAIL devices SET moved_id = %d WHERE id IN":         "is set, beside a list that is the only argument",
	"value ->> %d": "a place in a list",
}

// TestNumbersThatStatementsCompareWithAreArguments looks for texts of SQL in data into which a number is formatted.
func TestNumbersThatStatementsCompareWithAreArguments(t *testing.T) {
	statement := regexp.MustCompile(`\b(SELECT|INSERT|UPDATE|DELETE|FROM|JOIN|WHERE|AND|BETWEEN)\b|->>| [<>=]+ $`)
	met := map[string]bool{}
	for _, path := range sources(t) {
		if strings.HasSuffix(path, "_test.go") || filepath.ToSlash(filepath.Dir(path)) != "data" || filepath.Base(path) == "rescue_sheets.go" {
			continue
		}
		set, file := parse(t, path)
		tell := func(n ast.Node, text string) {
			if met[text] = true; numbersInStatements[text] == "" {
				t.Errorf("%s: a number goes into the text of a statement: make it an argument, or say in numbersInStatements why not: %q",
					set.Position(n.Pos()), text)
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if called(n) != "fmt.Sprintf" {
					break
				}
				if text, _ := literal(n.Args[0]); statement.MatchString(text) && strings.Contains(text, "%d") {
					tell(n, text)
				}
			case *ast.BinaryExpr: // "… WHERE id = " + strconv.Itoa(n)
				call, is := n.Y.(*ast.CallExpr)
				if text := lastText(n.X); is && strings.HasPrefix(called(call), "strconv.") && statement.MatchString(text) {
					tell(n, text)
				}
			}
			return true
		})
	}
	for text := range numbersInStatements {
		require.True(t, met[text], "%q is no more", text)
	}
}

// called is the function of a package that is called, "" if it is none.
func called(call *ast.CallExpr) string {
	selector, is := call.Fun.(*ast.SelectorExpr)
	if !is {
		return ""
	}
	from, is := selector.X.(*ast.Ident)
	if !is {
		return ""
	}
	return from.Name + "." + selector.Sel.Name
}

// lastText is the text that the expression is, or ends with.
func lastText(e ast.Expr) string {
	if both, is := e.(*ast.BinaryExpr); is {
		return lastText(both.Y)
	}
	text, _ := literal(e)
	return text
}

// TestPagesAreGivenDrawersAndNotTheRegister: only what opens and closes a register holds it.
func TestPagesAreGivenDrawersAndNotTheRegister(t *testing.T) {
	for _, path := range sources(t) {
		room := filepath.ToSlash(filepath.Dir(path))
		holds := slices.Contains([]string{"ui/office", "ui/desk", "ui/uitest"}, room)
		if !strings.HasPrefix(room, "ui/") || holds || strings.HasSuffix(path, "_test.go") {
			continue
		}
		set, file := parse(t, path)
		ast.Inspect(file, func(n ast.Node) bool {
			if s, is := n.(*ast.SelectorExpr); is && s.Sel.Name == "Register" {
				if of, is := s.X.(*ast.Ident); is && of.Name == "data" {
					t.Errorf("%s: a page takes the drawers that it needs", set.Position(s.Pos()))
				}
			}
			return true
		})
	}
}

func TestTopLevelHoldsOfGoMainAlone(t *testing.T) {
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	require.Equal(t, []string{"main.go"}, files)
}

func TestPackagesAreNamedAfterTheirSubject(t *testing.T) {
	for _, r := range rooms(t) {
		if regexp.MustCompile(`^(utils?|common|helpers?|misc|shared)$`).MatchString(r.Name) {
			t.Errorf("%s says nothing about its subject", r.ImportPath)
		}
	}
}

// sources are the Go files of the module.
func sources(t *testing.T) []string {
	t.Helper()
	var files []string
	require.NoError(t, filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || d.Name() == "build") {
			return filepath.SkipDir
		}
		if strings.HasSuffix(path, ".go") {
			files = append(files, path)
		}
		return nil
	}))
	return files
}

func TestNoFileIsLongerThan500Lines(t *testing.T) {
	for _, path := range sources(t) {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		if lines := bytes.Count(text, []byte("\n")); lines > 500 {
			t.Errorf("%s has %d lines: split it by subject", path, lines)
		}
	}
}

func parse(t *testing.T, path string) (*token.FileSet, *ast.File) {
	t.Helper()
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, nil, parser.ParseComments|parser.SkipObjectResolution)
	require.NoError(t, err)
	return set, file
}

func TestPublicNamesAreDocumentedAndPlain(t *testing.T) {
	vague := regexp.MustCompile(`(Manager|Handler|Processor|Info|Helper|Util)s?$`)
	for _, path := range sources(t) {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		set, file := parse(t, path)
		missing := func(pos token.Pos, name string) { t.Errorf("%s: %s has no documentation", set.Position(pos), name) }
		for _, decl := range file.Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
				if d.Name.IsExported() && d.Doc == nil && (d.Recv == nil || receiverIsExported(d)) {
					missing(d.Pos(), d.Name.Name)
				}
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					switch s := spec.(type) {
					case *ast.TypeSpec:
						if s.Name.IsExported() && d.Doc == nil && s.Doc == nil {
							missing(s.Pos(), s.Name.Name)
						}
						if vague.MatchString(s.Name.Name) {
							t.Errorf("%s: %s says nothing", set.Position(s.Pos()), s.Name.Name)
						}
					case *ast.ValueSpec:
						if s.Names[0].IsExported() && d.Doc == nil && s.Doc == nil && s.Comment == nil {
							missing(s.Pos(), s.Names[0].Name)
						}
					}
				}
			}
		}
	}
}

func receiverIsExported(d *ast.FuncDecl) bool {
	receiver := d.Recv.List[0].Type
	for {
		switch t := receiver.(type) {
		case *ast.StarExpr:
			receiver = t.X
		case *ast.IndexExpr: // of a generic type
			receiver = t.X
		case *ast.IndexListExpr:
			receiver = t.X
		default:
			name, ok := receiver.(*ast.Ident)
			return ok && name.IsExported()
		}
	}
}

func TestVersionIsTheSameEverywhere(t *testing.T) {
	text, err := os.ReadFile("main.go")
	require.NoError(t, err)
	said := func(name string) string {
		found := regexp.MustCompile(name + `\s+= "(.+)"`).FindSubmatch(text)
		require.NotNil(t, found, "main.go says no %s", name)
		return string(found[1])
	}
	version, appID := said("version"), said("appID")
	text, err = os.ReadFile("FyneApp.toml")
	require.NoError(t, err)
	require.Contains(t, string(text), `Version = "`+version+`"`)
	require.Contains(t, string(text), `ID = "`+appID+`"`)
	text, err = os.ReadFile("CHANGELOG.md")
	require.NoError(t, err)
	require.Contains(t, string(text), "## ["+version+"]")
}
