package engine

import "regexp"

// Form is a phrase of SQL that databases say differently. The statements of the register are written in what every engine reads, and in
// these phrases, as SQLite says them: sqlite hands statements over as they are, and another engine puts its own words in the place of each
// (Pattern finds it) before it runs a statement. docs/structure_test.go holds the register to them, so that nothing else needs translating.
type Form struct {
	Name    string
	Pattern *regexp.Regexp
	Example string // a statement, or a part of one from FROM on
}

// Texts finds the texts of a list as JSON, its one argument.
const Texts = "SELECT CAST(value AS TEXT) FROM json_each(?)"

// Forms are all of them, in the order in which they are to be looked for.
var Forms = []Form{
	// The whole numbers of a list as JSON, which is the only argument: of a million ids, too.
	{"ids", regexp.MustCompile(`SELECT (DISTINCT )?value( AS id)? FROM json_each\(\?\)`), "SELECT value FROM json_each(?)"},
	// The texts of a list as JSON.
	{"texts", regexp.MustCompile(`SELECT CAST\(value AS TEXT\) FROM json_each\(\?\)`), Texts},
	// The elements of a list as JSON with their places (key, from 0): value ->> n and value ->> 'name' are what is in one.
	{"elements", regexp.MustCompile(`json_each\(\?\)`), "SELECT key, value ->> 0 FROM json_each(?) WHERE key >= 1"},
	// The values of a list that a column holds as JSON.
	{"held", regexp.MustCompile(`json_each\([^?()]*\)( \w\b)?`),
		"SELECT t.value FROM (SELECT '[1]' AS tags) u CROSS JOIN json_each(u.tags) t"},
	// What is not NULL of the columns of a row.
	{"columns", regexp.MustCompile(`json_each\(json_array\(([\w., ]+)\)\) i`),
		"SELECT i.value FROM (SELECT 1 AS a) d, json_each(json_array(d.a)) i"},
	// A list as JSON of the values of a group.
	{"list", regexp.MustCompile(`json_group_array\((\w+)\)`), "SELECT json_group_array(1)"},
	// Which index leads to the rows, where the planner would choose a slower one: nothing, where planners know better.
	{"by", regexp.MustCompile(` (NOT INDEXED|INDEXED BY [\w.]+)`), "SELECT name FROM sqlite_schema NOT INDEXED"},
	// A join whose left side is read first: elsewhere JOIN.
	{"then", regexp.MustCompile(`CROSS JOIN (\w+( \w+)?) ON`), "SELECT 1 FROM (SELECT 1 AS a) x CROSS JOIN sqlite_schema y ON x.a = 1"},
	// The next ids behind the highest, in the order of the rows: SQLite gives them by itself, and faster than ids that it is told.
	{"next", regexp.MustCompile(`INTO (\w+) \(id, ([^)]*)\)\s+SELECT NULL AS next`), "INSERT INTO x (id, a) SELECT NULL AS next, 1"},
	// A statement that may break a constraint leaves what it wrote by then, or nothing: see Act.Attempt.
	{"fail", regexp.MustCompile(`(INSERT|UPDATE) OR FAIL`), "UPDATE OR FAIL x SET a = 1"},
	// Where a text is in another, from 1 on; 0 if it is not there.
	{"place", regexp.MustCompile(`\binstr\(`), "SELECT instr('abc', 'b') > 0"},
}
