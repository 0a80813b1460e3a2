package postgres

import (
	"database/sql/driver"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// form is a form of the register (engine.Forms) with PostgreSQL's words for it.
type form struct {
	pattern *regexp.Regexp
	words   string
}

// forms are in the order in which they are looked for. A list of numbers becomes an array, whose length the planner knows; other lists
// are JSON here, too.
var forms = []form{
	{regexp.MustCompile(`SELECT (DISTINCT )?value( AS id)? FROM json_each\(\?\)`),
		"SELECT ${1}value$2 FROM unnest(translate(?, '[]', '{}')::bigint[]) AS ids(value)"},
	{regexp.MustCompile(`SELECT CAST\(value AS TEXT\) FROM json_each\(\?\)`),
		"SELECT value FROM jsonb_array_elements_text(?::jsonb) AS texts(value)"},
	{regexp.MustCompile(`json_each\(json_array\(([\w., ]+)\)\) i`), "LATERAL unnest(ARRAY[$1]) i(value)"},
	{regexp.MustCompile(`json_each\(\?\) ([a-z])\b`), elements + " $1"},
	{regexp.MustCompile(`json_each\(\?\)`), elements + " listed"},
	{regexp.MustCompile(`json_each\((\w+\.devices)\) (\w)\b`), "LATERAL unnest(translate($1, '[]', '{}')::bigint[]) $2(value)"},
	{regexp.MustCompile(`json_each\(([^?()]*)\) (\w)\b`), "LATERAL jsonb_array_elements_text($1::jsonb) $2(value)"},
	{regexp.MustCompile(`json_each\(([^?()]*)\)`), "jsonb_array_elements_text($1::jsonb) held(value)"},
	{regexp.MustCompile(`json_group_array\((\w+)\)`), "coalesce('[' || string_agg(to_json($1)::text, ',' ORDER BY $1) || ']', '[]')"},
	{regexp.MustCompile(` (NOT INDEXED|INDEXED BY [\w.]+)`), ""},
	{regexp.MustCompile(`CROSS JOIN (\w+( \w+)?) ON`), "JOIN $1 ON"},
	{regexp.MustCompile(`(CROSS JOIN LATERAL [^)]*\)::bigint\[\]\) \w\(value\)) ON`), "$1 ON"},
	{regexp.MustCompile(`INTO (\w+) \(id, ([^)]*)\)\s+SELECT NULL AS next`),
		"INTO $1 (id, $2) SELECT (SELECT coalesce(max(id), 0) FROM $1) + row_number() OVER ()"},
	{regexp.MustCompile(`(INSERT|UPDATE) OR FAIL`), "$1"},
	{regexp.MustCompile(`\binstr\(`), "strpos("},
}

const elements = "(SELECT place - 1 AS key, value FROM jsonb_array_elements(?::jsonb) WITH ORDINALITY AS listed(value, place))"

// text is a statement of the register in PostgreSQL's words, cut at its arguments.
type text struct {
	parts []string // one more than arguments
	args  []int    // which argument follows the part, from 0 on
}

// known are the texts that were translated: the program has some hundred, but for those that have numbers in them.
var known struct {
	sync.Mutex
	texts map[string]*text
}

// mostKnown is after how many texts all are forgotten.
const mostKnown = 2000

func translated(query string) *text {
	known.Lock()
	defer known.Unlock()
	if t := known.texts[query]; t != nil {
		return t
	}
	if known.texts == nil || len(known.texts) >= mostKnown {
		known.texts = map[string]*text{}
	}
	t := cut(inOurWords(query))
	known.texts[query] = t
	return t
}

func inOurWords(query string) string {
	for _, f := range forms {
		query = f.pattern.ReplaceAllString(query, f.words)
	}
	return named(query)
}

// afterQuery finds what stands behind a query in FROM that has no name; which it must have before version 16.
var afterQuery = regexp.MustCompile(`^\s*($|\)|,|;|` +
	`(WHERE|GROUP|ORDER|LIMIT|JOIN|CROSS|LEFT|INNER|UNION|EXCEPT|INTERSECT|HAVING|ON|ON CONFLICT)\b)`)

// inFrom finds the beginning of a query in FROM.
var inFrom = regexp.MustCompile(`(FROM|JOIN)\s+\(`)

// named gives the queries in FROM that have no name one.
func named(query string) string {
	for at := 0; ; {
		found := inFrom.FindStringIndex(query[at:])
		if found == nil {
			return query
		}
		at += found[1]
		end := closing(query, at)
		if end > 0 && afterQuery.MatchString(query[end:]) {
			query = query[:end] + " unnamed" + query[end:]
		}
	}
}

// closing is behind the bracket that closes what opened before at; 0 if there is none.
func closing(query string, at int) int {
	quoted := false
	for depth := 1; at < len(query); at++ {
		switch c := query[at]; {
		case c == '\'':
			quoted = !quoted
		case quoted:
		case c == '(':
			depth++
		case c == ')':
			if depth--; depth == 0 {
				return at + 1
			}
		}
	}
	return 0
}

// cut finds the places of arguments: ?, which takes the next one, and ?1, ?2, …, but not within texts.
func cut(query string) *text {
	t := &text{}
	start, next, quoted := 0, 0, false
	for i := 0; i < len(query); i++ {
		switch {
		case query[i] == '\'':
			quoted = !quoted
		case query[i] == '?' && !quoted:
			t.parts = append(t.parts, query[start:i])
			end := i + 1
			for end < len(query) && query[end] >= '0' && query[end] <= '9' {
				end++
			}
			which := next
			if n, err := strconv.Atoi(query[i+1 : end]); err == nil {
				which = n - 1
			}
			next = max(next, which+1)
			t.args = append(t.args, which)
			start, i = end, end-1
		}
	}
	t.parts = append(t.parts, query[start:])
	return t
}

// with is the statement for arguments of these kinds. Each has its type beside it, because PostgreSQL takes an argument whose type is not
// to be seen from where it stands for a text.
func (t *text) with(args []any) string {
	if len(t.args) == 0 {
		return t.parts[0]
	}
	var b strings.Builder
	for i, which := range t.args {
		b.WriteString(t.parts[i])
		unlimited := strings.HasSuffix(t.parts[i], "LIMIT ")
		if unlimited {
			b.WriteString("nullif(")
		}
		b.WriteString("$" + strconv.Itoa(which+1))
		if which < len(args) {
			switch args[which].(type) {
			case int64:
				b.WriteString("::bigint")
			case string:
				b.WriteString("::text")
			case []byte:
				b.WriteString("::bytea")
			}
		}
		if unlimited {
			b.WriteString(", -1)") // a negative limit is none
		}
	}
	b.WriteString(t.parts[len(t.parts)-1])
	return b.String()
}

// plain is an argument as the register keeps it: whole numbers, truth among them, and texts.
func plain(arg any) (any, error) {
	value, err := driver.DefaultParameterConverter.ConvertValue(arg)
	if err != nil {
		return nil, err
	}
	switch v := value.(type) {
	case bool:
		if v {
			return int64(1), nil
		}
		return int64(0), nil
	case nil, int64, string, []byte:
		return v, nil
	}
	return nil, fmt.Errorf("a %T cannot be an argument", arg)
}

// plainAll are arguments as the register keeps them.
func plainAll(args []any) ([]any, error) {
	all := make([]any, len(args))
	for i, arg := range args {
		var err error
		if all[i], err = plain(arg); err != nil {
			return nil, err
		}
	}
	return all, nil
}
