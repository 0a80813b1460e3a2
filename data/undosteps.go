package data

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"

	"gorm.io/gorm"
)

// step is what it takes to give one row of a small table back the state it had before an act.
// Devices and approvals need no steps: their tables say themselves what an act did to them (undo.go).
type step struct {
	Do    string   `json:"do"`
	Table string   `json:"table"`
	Key   smallRow `json:"key"`           // a row of which only the key is set
	Row   any      `json:"row,omitempty"` // of undoInsert the row, of undoUpdate its fields
}

// What a step does.
const (
	undoDelete = "delete"
	undoInsert = "insert"
	undoUpdate = "update"
)

// smallRow is a row of a small table, as a pointer to its struct (tables.go).
type smallRow interface{ TableName() string }

// smallTable makes the structs of a small table.
type smallTable struct {
	row    func() smallRow
	fields func() any
}

func smallTableOf[R, F any]() smallTable {
	return smallTable{func() smallRow { return any(new(R)).(smallRow) }, func() any { return new(F) }}
}

// smallTables are the tables whose rows acts write one by one.
var smallTables = map[string]smallTable{
	"accounts":          smallTableOf[account, accountFields](),
	"customers":         smallTableOf[customer, customerFields](),
	"registrations":     smallTableOf[registration, registrationFields](),
	"managements":       smallTableOf[management, managementFields](),
	"customer_services": smallTableOf[customerService, customerServiceFields](),
	"orders":            smallTableOf[purchase, purchaseFields](),
	"preferences":       smallTableOf[preference, preference](),
	"approvals":         smallTableOf[approval, approval](), // that move from one service to another
}

// UnmarshalJSON reads a step, also one that an earlier program wrote: its JSON is the same but for flags. What no act notes is Damaged.
func (s *step) UnmarshalJSON(text []byte) error {
	if err := s.read(text); err != nil {
		return damagedf("%w", err)
	}
	return nil
}

func (s *step) read(text []byte) error {
	var raw struct {
		Do, Table string
		Key, Row  json.RawMessage
	}
	if err := json.Unmarshal(text, &raw); err != nil {
		return err
	}
	table, known := smallTables[raw.Table]
	if !known {
		return fmt.Errorf("a step of undoing is about the table %q", raw.Table)
	}
	*s = step{Do: raw.Do, Table: raw.Table, Key: table.row()}
	if err := json.Unmarshal(raw.Key, s.Key); err != nil {
		return err
	}
	if isEmpty(s.Key) {
		return errors.New("a step of undoing has no key")
	}
	switch s.Do {
	case undoDelete:
		return nil
	case undoInsert:
		s.Row = table.row()
	case undoUpdate:
		s.Row = table.fields()
	default:
		return fmt.Errorf("a step of undoing is to %q", s.Do)
	}
	if err := json.Unmarshal(raw.Row, s.Row); err != nil {
		return err
	}
	if isEmpty(s.Row) {
		return errors.New("a step of undoing has no row")
	}
	return nil
}

// isEmpty tells whether no field of the struct that row points to is set.
func isEmpty(row any) bool { return reflect.ValueOf(row).Elem().IsZero() }

// insert writes a new row with the key: undoing deletes it.
func (a *act) insert(key, row smallRow) error {
	if err := a.tx.Create(row).Error; err != nil {
		return err
	}
	a.inserted(key)
	return nil
}

// inserted notes that the act wrote the row with the key.
func (a *act) inserted(key smallRow) {
	a.undo = append(a.undo, step{Do: undoDelete, Table: key.TableName(), Key: key})
}

// update gives the row with the key other fields: undoing gives it back those that it had. It is NotFound if there is no such row.
func (a *act) update(key smallRow, fields any) error {
	table := key.TableName()
	names, err := setColumns(a.tx, fields)
	if err != nil {
		return err
	}
	old := smallTables[table].fields()
	if err := a.tx.Table(table).Select(names).Where(key).Take(old).Error; err != nil {
		return err
	}
	a.undo = append(a.undo, step{Do: undoUpdate, Table: table, Key: key, Row: old})
	return a.tx.Table(table).Where(key).Updates(fields).Error
}

// remove deletes the row with the key: undoing puts it back. It is NotFound if there is no such row.
func (a *act) remove(key smallRow) error {
	old := smallTables[key.TableName()].row()
	if err := a.tx.Where(key).Take(old).Error; err != nil {
		return err
	}
	a.undo = append(a.undo, step{Do: undoInsert, Table: key.TableName(), Key: key, Row: old})
	return a.tx.Where(key).Delete(old).Error
}

// has tells whether there is a row with the key.
func (a *act) has(key smallRow) (bool, error) {
	var rows int64
	err := a.tx.Table(key.TableName()).Where(key).Count(&rows).Error
	return rows > 0, err
}

// putBack takes the step.
func (a *act) putBack(s step) error {
	switch s.Do {
	case undoDelete:
		return a.tx.Where(s.Key).Delete(smallTables[s.Table].row()).Error
	case undoUpdate:
		return a.tx.Table(s.Table).Where(s.Key).Updates(s.Row).Error
	}
	return a.tx.Create(s.Row).Error
}

// setColumns are the columns of those fields that are not nil.
func setColumns(db *gorm.DB, fields any) (names []string, err error) {
	statement := &gorm.Statement{DB: db}
	if err := statement.Parse(fields); err != nil {
		return nil, err
	}
	value := reflect.Indirect(reflect.ValueOf(fields))
	for _, field := range statement.Schema.Fields {
		if _, unset := field.ValueOf(context.Background(), value); !unset {
			names = append(names, field.DBName)
		}
	}
	return names, nil
}
