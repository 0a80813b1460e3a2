package docs_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"go/ast"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "bring assets/translations in line with the sources (make words)")

const englishFile = "assets/translations/en.json"

// missingFile lists what a file of words lacks; what is filled in there goes to that file with the next -update.
func missingFile(language string) string { return "build/missing-" + filepath.Base(language) }

// word is a text that people see: its key, the English of it, and whether it has a singular.
type word struct {
	english string
	plural  bool
}

func TestEveryWordOnScreenIsTranslated(t *testing.T) {
	words := wordsOfSources(t)
	languages, err := filepath.Glob("assets/translations/*.json")
	require.NoError(t, err)
	require.Contains(t, languages, englishFile)
	for _, name := range languages {
		if *update {
			updateWords(t, name, words)
		}
		has := readWords(t, name)
		for _, key := range slices.Sorted(maps.Keys(words)) {
			value, ok := has[key]
			if !ok {
				t.Errorf("%s lacks %q", name, key)
				continue
			}
			_, isPlural := value.(map[string]any)
			if isPlural != words[key].plural {
				t.Errorf("%s: %q must have a singular: %v", name, key, words[key].plural)
			}
			if isPlural {
				continue // TestEveryLanguageCountsAsItsSpeakersDo
			}
			if text, ok := value.(string); !ok || text == "" || !slices.Equal(placesOf(text), placesOf(words[key].english)) {
				t.Errorf("%s: %q has the places %v, the English has %v", name, value, placesOf(text), placesOf(words[key].english))
			}
		}
		for key := range has {
			if _, ok := words[key]; !ok {
				t.Errorf("%s has %q, which no source says", name, key)
			}
		}
	}
}

var places = regexp.MustCompile(`\{\{\.\w+\}\}`)

// placesOf are the places of a sentence, each once.
func placesOf(text string) []string {
	return slices.Compact(slices.Sorted(slices.Values(places.FindAllString(text, -1))))
}

// reserved are the words that a file of translations keeps for itself (fyne.io/fyne/v2/lang).
var reserved = []string{"id", "description", "hash", "leftdelim", "rightdelim", "zero", "one", "two", "few", "many", "other", "translation"}

func TestNoWordIsReservedByTheTranslations(t *testing.T) {
	for key := range wordsOfSources(t) {
		if slices.Contains(reserved, strings.ToLower(key)) {
			t.Errorf("%q cannot be a key: use lang.X with another one", key)
		}
	}
}

// sentence is a literal of the model or the register that people read: it begins like a sentence and ends with a full stop.
var sentence = regexp.MustCompile(`^(\p{Lu}|“|\{\{\.|\d)[^\n]* [^\n]*(\.|\w\?)$`)

// wordsOfSources finds every text that the sources hand to fyne's lang or to model.Say, model.Fail and Text, and every sentence of
// the model and the register.
func wordsOfSources(t *testing.T) map[string]word {
	t.Helper()
	words := map[string]word{}
	for _, path := range sources(t) {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		_, file := parse(t, path)
		inModel := file.Name.Name == "model"
		below := inModel || strings.HasPrefix(filepath.ToSlash(path), "data/")
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BasicLit, *ast.BinaryExpr:
				text, ok := literal(n.(ast.Expr))
				if ok && below && sentence.MatchString(text) {
					addText(words, n.(ast.Expr))
				}
				return !ok // and no part of a text that is added up
			case *ast.CallExpr:
				addCall(words, n, inModel)
			case *ast.KeyValueExpr:
				if id, ok := n.Key.(*ast.Ident); ok && id.Name == "Template" {
					addText(words, n.Value)
				}
			case *ast.FuncDecl:
				if inModel && n.Recv != nil && (n.Name.Name == "String" || n.Name.Name == "IDName") {
					addReturns(words, n)
				}
			case *ast.ValueSpec:
				if name := n.Names[0].Name; len(n.Values) == 1 && (name == "meaningWords" || name == "shapeWords") { // of a column, of a list
					for _, e := range n.Values[0].(*ast.CompositeLit).Elts {
						addText(words, e)
					}
				}
				if id, ok := n.Type.(*ast.Ident); inModel && ok && id.Name == "Event" {
					for _, v := range n.Values {
						if text, ok := literal(v); ok {
							words[strings.ToUpper(text[:1])+text[1:]] = word{english: strings.ToUpper(text[:1]) + text[1:]}
						}
					}
				}
			}
			return true
		})
	}
	return words
}

// addCall adds the text of a call that says something to people.
func addCall(words map[string]word, call *ast.CallExpr, inModel bool) {
	name, from := "", ""
	switch f := call.Fun.(type) {
	case *ast.SelectorExpr:
		name = f.Sel.Name
		if id, ok := f.X.(*ast.Ident); ok {
			from = id.Name
		}
	case *ast.Ident:
		if inModel {
			name, from = f.Name, "model"
		}
	}
	switch from + "." + name {
	case "lang.L":
		addText(words, call.Args[0])
	case "model.Say":
		addText(words, call.Args[0])
	case "model.Fail":
		addText(words, call.Args[1])
	case "lang.N":
		if text, ok := literal(call.Args[0]); ok {
			words[text] = word{english: text, plural: true}
		}
	case "lang.X":
		key, ok := literal(call.Args[0])
		if text, isLiteral := literal(call.Args[1]); ok && isLiteral {
			words[key] = word{english: text}
		}
	}
}

func addText(words map[string]word, e ast.Expr) {
	if text, ok := literal(e); ok && text != "" {
		if _, known := words[text]; !known {
			words[text] = word{english: text}
		}
	}
}

// addReturns adds the texts that a method of the model returns: the words for its states.
func addReturns(words map[string]word, f *ast.FuncDecl) {
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ReturnStmt:
			for _, result := range n.Results {
				addText(words, result)
			}
		case *ast.CompositeLit:
			for _, element := range n.Elts {
				addText(words, element)
			}
		}
		return true
	})
}

// literal is the value of a string literal, or of several that are added.
func literal(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		return text, err == nil && e.Kind == token.STRING
	case *ast.BinaryExpr:
		left, ok := literal(e.X)
		right, also := literal(e.Y)
		return left + right, ok && also
	}
	return "", false
}

func readWords(t *testing.T, path string) map[string]any {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	words := map[string]any{}
	require.NoError(t, json.Unmarshal(text, &words), path)
	return words
}

func writeWords(t *testing.T, path string, words map[string]any) {
	t.Helper()
	var text bytes.Buffer
	to := json.NewEncoder(&text)
	to.SetEscapeHTML(false)
	to.SetIndent("", "  ")
	require.NoError(t, to.Encode(words))
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(t, os.WriteFile(path, text.Bytes(), 0o644))
}

// updateWords writes a file of words anew. English keeps the singulars that are in it; to another language it takes over what was
// filled into its missingFile, and lists there what is missing still.
func updateWords(t *testing.T, name string, words map[string]word) {
	before, now, filled, missing := readWords(t, name), map[string]any{}, map[string]any{}, map[string]any{}
	if _, err := os.Stat(missingFile(name)); err == nil {
		filled = readWords(t, missingFile(name))
	}
	for key, w := range words {
		switch {
		case before[key] != nil && (name != englishFile || w.plural):
			now[key] = before[key]
		case name == englishFile && w.plural:
			now[key] = map[string]string{"one": w.english, "other": w.english}
			t.Logf("write the singular of %q into %s", key, name)
		case name == englishFile:
			now[key] = w.english
		case isFilled(filled[key]):
			now[key] = filled[key]
		case w.plural:
			missing[key] = emptyForms(t, name)
		default:
			missing[key] = ""
		}
	}
	writeWords(t, name, now)
	if name != englishFile {
		writeWords(t, missingFile(name), missing)
		t.Logf("%d words, %d missing in %s: see %s", len(words), len(missing), name, missingFile(name))
	}
}

func isFilled(value any) bool {
	switch v := value.(type) {
	case string:
		return v != ""
	case map[string]any:
		return !slices.Contains(slices.Collect(maps.Values(v)), any(""))
	}
	return false
}
