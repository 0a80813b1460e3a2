package data

import (
	"encoding/json"
	"fmt"
	"sort"
	"strings"
)

// was is a row as it stood before an act changed it; Row is nil if the act added it.
// Devices are not kept this way: their tables say themselves what an act did to them (undo.go).
type was struct {
	Table string         `json:"table"`
	Key   map[string]any `json:"key"`
	Row   map[string]any `json:"row"`
}

// where is the condition that finds the row.
func where(key map[string]any) (sql string, args []any) {
	var parts []string
	for _, column := range columns(key) {
		parts = append(parts, column+" = ?")
		args = append(args, key[column])
	}
	return strings.Join(parts, " AND "), args
}

// columns are the names in row in a steady order.
func columns(row map[string]any) []string {
	names := make([]string, 0, len(row))
	for name := range row {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// keep remembers a row of a small table before the act adds, changes or removes it.
func (a *act) keep(table string, key map[string]any) error {
	cond, args := where(key)
	var rows []map[string]any
	if err := a.tx.Raw("SELECT * FROM "+table+" WHERE "+cond, args...).Scan(&rows).Error; err != nil {
		return err
	}
	step := was{Table: table, Key: key}
	if len(rows) > 0 {
		step.Row = rows[0]
	}
	a.undo = append(a.undo, step)
	return nil
}

// keepID remembers the row with the id.
func (a *act) keepID(table string, id int64) error { return a.keep(table, map[string]any{"id": id}) }

// putBack gives the row the state that it had.
func (a *act) putBack(step was) error {
	cond, args := where(step.Key)
	if step.Row == nil {
		return a.tx.Exec("DELETE FROM "+step.Table+" WHERE "+cond, args...).Error
	}
	names := columns(step.Row)
	values := make([]any, len(names))
	sets := make([]string, len(names))
	for i, name := range names {
		values[i] = step.Row[name]
		sets[i] = name + " = excluded." + name
	}
	return a.tx.Exec(fmt.Sprintf("INSERT INTO %s (%s) VALUES (?%s) ON CONFLICT DO UPDATE SET %s", step.Table,
		strings.Join(names, ", "), strings.Repeat(", ?", len(names)-1), strings.Join(sets, ", ")), values...).Error
}

// readSteps reads what an activity keeps in its column undo.
func readSteps(undo string) ([]was, error) {
	decoder := json.NewDecoder(strings.NewReader(undo))
	decoder.UseNumber() // ids are 64 bits wide
	var steps []was
	if err := decoder.Decode(&steps); err != nil {
		return nil, err
	}
	for _, step := range steps {
		numbers(step.Key)
		numbers(step.Row)
	}
	return steps, nil
}

// numbers makes integers of what JSON left as text.
func numbers(row map[string]any) {
	for name, value := range row {
		if n, ok := value.(json.Number); ok {
			i, _ := n.Int64()
			row[name] = i
		}
	}
}
