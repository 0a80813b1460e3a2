package data

import (
	"encoding/json"
	"fmt"
	"sort"
	"strings"
)

// step is what it takes to give one row of a small table back the state it had before an act.
// Devices and approvals need no steps: their tables say themselves what an act did to them (undo.go).
type step struct {
	Do    string         `json:"do"` // delete, insert or update
	Table string         `json:"table"`
	Key   map[string]any `json:"key"`
	Row   map[string]any `json:"row,omitempty"`
}

// added notes that the act added the row: undoing deletes it.
func (a *act) added(table string, key map[string]any) {
	a.undo = append(a.undo, step{Do: "delete", Table: table, Key: key})
}

// changing remembers columns of a row before the act changes them.
func (a *act) changing(table string, key map[string]any, names ...string) error {
	return a.remember("update", table, key, strings.Join(names, ", "))
}

// removing remembers a row before the act removes it.
func (a *act) removing(table string, key map[string]any) error {
	return a.remember("insert", table, key, "*")
}

func (a *act) remember(do, table string, key map[string]any, names string) error {
	cond, args := equal(key, " AND ")
	row := map[string]any{}
	if err := a.tx.Raw("SELECT "+names+" FROM "+table+" WHERE "+cond, args...).Take(&row).Error; err != nil {
		return err
	}
	a.undo = append(a.undo, step{Do: do, Table: table, Key: key, Row: row})
	return nil
}

// putBack takes the step.
func (a *act) putBack(s step) error {
	key, keyArgs := equal(s.Key, " AND ")
	switch s.Do {
	case "delete":
		return a.tx.Exec("DELETE FROM "+s.Table+" WHERE "+key, keyArgs...).Error
	case "update":
		set, args := equal(s.Row, ", ")
		return a.tx.Exec("UPDATE "+s.Table+" SET "+set+" WHERE "+key, append(args, keyArgs...)...).Error
	}
	names := columns(s.Row)
	values := make([]any, len(names))
	for i, name := range names {
		values[i] = s.Row[name]
	}
	return a.tx.Exec(fmt.Sprintf("INSERT INTO %s (%s) VALUES (?%s)", s.Table,
		strings.Join(names, ", "), strings.Repeat(", ?", len(names)-1)), values...).Error
}

// equal is "name = ?" for every column of row.
func equal(row map[string]any, between string) (sql string, args []any) {
	var parts []string
	for _, name := range columns(row) {
		parts = append(parts, name+" = ?")
		args = append(args, row[name])
	}
	return strings.Join(parts, between), args
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

// readSteps reads what an activity keeps in its column undo.
func readSteps(undo string) ([]step, error) {
	decoder := json.NewDecoder(strings.NewReader(undo))
	decoder.UseNumber() // ids are 64 bits wide
	var steps []step
	if err := decoder.Decode(&steps); err != nil {
		return nil, err
	}
	for _, s := range steps {
		numbers(s.Key)
		numbers(s.Row)
	}
	return steps, nil
}

// numbers makes integers of what JSON left as text.
func numbers(row map[string]any) {
	for name, value := range row {
		if n, ok := value.(json.Number); ok {
			i, _ := n.Int64() // the tables hold no other numbers
			row[name] = i
		}
	}
}
