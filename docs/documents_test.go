package docs_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

var (
	section  = regexp.MustCompile(`domain §(\d+)`)
	sightOf  = regexp.MustCompile(`\bV(\d{1,2})\b`)
	linkedTo = regexp.MustCompile(`\]\(([^)#:]+)\)`)
)

func TestWhatSourcesCiteOfTheDomainIsThere(t *testing.T) {
	domain, err := os.ReadFile("docs/domain.md")
	require.NoError(t, err)
	cited := 0
	for _, path := range sources(t) {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		for _, m := range section.FindAllStringSubmatch(string(text), -1) {
			cited++
			if !strings.Contains(string(domain), "\n## "+m[1]+". ") {
				t.Errorf("%s cites %s, which docs/domain.md does not have", path, m[0])
			}
		}
		for _, m := range sightOf.FindAllStringSubmatch(string(text), -1) {
			if !strings.Contains(string(domain), "\n| "+m[0]+" |") {
				t.Errorf("%s cites %s, which docs/domain.md does not have", path, m[0])
			}
		}
	}
	require.Greater(t, cited, 50, "the sources say where their rules come from")
}

func TestEveryRoomStandsInTheArchitecture(t *testing.T) {
	text, err := os.ReadFile("docs/architecture.md")
	require.NoError(t, err)
	drawn, _, _ := strings.Cut(string(text), "What is drawn higher")
	for _, floor := range floors {
		for _, room := range floor {
			require.Regexp(t, `(?m)^ +([a-z/]+ +)*`+room+`\b`, drawn, "%s is not drawn in docs/architecture.md", room)
		}
	}
}

func TestLinksInTheDocumentsLeadSomewhere(t *testing.T) {
	files, err := filepath.Glob("docs/*.md")
	require.NoError(t, err)
	decisions, err := filepath.Glob("docs/decisions/*.md")
	require.NoError(t, err)
	for _, path := range append(append(files, decisions...), "README.md", "CONTRIBUTING.md", "CHANGELOG.md") {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		for _, m := range linkedTo.FindAllStringSubmatch(string(text), -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(path), m[1])); err != nil {
				t.Errorf("%s links to %s, which is not there", path, m[1])
			}
		}
	}
}

func TestNoLineIsLongerThan140Signs(t *testing.T) {
	const most = 140
	for _, path := range sources(t) {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		for i, line := range strings.Split(string(text), "\n") {
			if n := utf8.RuneCountInString(line); n > most {
				t.Errorf("%s:%d has %d signs, more than %d", path, i+1, n, most)
			}
		}
	}
}

var (
	goesOn    = regexp.MustCompile(`"((?:[^"\\]|\\.)*)" ?\+$`)
	phraseEnd = regexp.MustCompile(`([.,:;?!…]|\\n|\\t)[” ]*$`)
)

func TestTextsOnScreenAreBrokenAtTheEndsOfTheirPhrases(t *testing.T) {
	for _, path := range sources(t) {
		if !strings.HasPrefix(filepath.ToSlash(path), "ui/") || strings.HasSuffix(path, "_test.go") {
			continue
		}
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		lines := strings.Split(string(text), "\n")
		for i, line := range lines {
			m := goesOn.FindStringSubmatch(line)
			if m != nil && strings.HasPrefix(strings.TrimSpace(lines[i+1]), `"`) && !phraseEnd.MatchString(m[1]) {
				t.Errorf("%s:%d breaks a text within a phrase: %q", path, i+1, m[1])
			}
		}
	}
}
