package data

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"github.com/glebarez/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"consign/model"
)

// damage is the first damage that was found in an open register. Safe on any goroutine.
type damage struct{ found atomic.Pointer[model.Error] }

// Damage is nil until something shows that the register is damaged: reading, an act or a check. Then it is Damaged, acts are refused with
// it, and listeners hear DamageFound (OnChange). It stays until the register is opened again. Safe on any goroutine.
func (r *Register) Damage() error {
	if found := r.damage.found.Load(); found != nil {
		return found
	}
	return nil
}

// note keeps the first damage and tells of it; another error is none of its business. It returns err.
func (r *Register) note(err error) error {
	found, is := errors.AsType[*model.Error](err)
	if is && found.Code == model.Damaged && r.damage.found.CompareAndSwap(nil, found) {
		r.log.WithError(found).Error("the register is damaged")
		r.listeners.tell(DamageFound)
	}
	return err
}

// damagedf is damaged for what no register holds that Consign has written.
func damagedf(what string, args ...any) *model.Error { return damaged(fmt.Errorf(what, args...)) }

// fault is a panic that guard has caught.
type fault struct {
	cause any
	stack []byte
}

func (f *fault) Error() string { return fmt.Sprintf("%v\n%s", f.cause, f.stack) }

// guard runs f and makes an error, a *fault, of its panic and of its reaching for memory that is not there: SQLite's own code, in the hands
// of a damaged file, shall not end the program.
func guard(f func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if cause := recover(); cause != nil {
			err = &fault{cause, debug.Stack()}
		}
	}()
	return f()
}

func isFault(err error) bool {
	_, is := errors.AsType[*fault](err)
	return is
}

// explained makes Damaged of a fault, of memory that SQLite did not get, and of a statement that it does not understand, if the pages or
// the schema are not sound: wrong bytes lead to all of these. Else the error is one of the program, Internal.
func (r *Register) explained(err error) error {
	if code := resultCode(err); !isFault(err) && code != sqliteNoMemory && code != sqliteSQL {
		return err
	}
	r.log.WithError(err).Error("a fault was caught")
	if found := guard(func() error { return r.quickCheck(context.Background()) }); model.CodeOf(found) == model.Damaged {
		return found
	}
	return err
}

// told is the error of reading as people are told it, and is kept if it means damage.
func (r *Register) told(err error) error {
	if err == nil {
		return nil
	}
	return r.note(coded(r.explained(err)))
}

// quickCheck looks at every page and at the schema, but not whether indexes and tables agree: Damaged, Cancelled.
func (r *Register) quickCheck(ctx context.Context) error {
	return r.checking(ctx, func(db *gorm.DB) error {
		if err := checkQuickly(db); err != nil {
			return err
		}
		return checkSchema(db)
	})
}

// checking has a check read one state of the register on a connection of its own, which keeps few pages, and keeps the damage that it
// finds.
func (r *Register) checking(ctx context.Context, check func(*gorm.DB) error) error {
	var db *gorm.DB
	var err error
	if r.readOnly == nil { // SQLite does not look at the CHECK constraints of a file that it opens with mode=ro
		db, err = connect(r.path, r.log, 1, append(slices.Clone(sound), "_pragma=query_only(1)",
			fmt.Sprintf("_pragma=cache_size(%d)", -passingCache))...)
	} else {
		db, err = r.connectToRead(1, passingCache)
	}
	if err != nil {
		return r.note(coded(err))
	}
	defer closePool(db)
	err = inOneState(ctx, db, check)
	if code := resultCode(err); code == sqliteNoMemory || code == sqliteSQL {
		err = damaged(err) // the statements of a check are right
	}
	return r.note(coded(err))
}

// checkSchema compares the tables, indexes and triggers with those that the migrations make: a damaged text of one may still be a schema.
// One of an older Consign it does not know.
func checkSchema(db *gorm.DB) error {
	if upToDate, err := hasAllMigrations(db); err != nil || !upToDate {
		return err
	}
	want, err := rightSchema()
	if err != nil {
		return err
	}
	have, err := schemaOf(db)
	if err == nil && have != want {
		err = damagedf("schema: %s", have)
	}
	return err
}

// rightSchema is the schema of a new register.
var rightSchema = sync.OnceValues(func() (string, error) {
	db, err := gorm.Open(sqlite.Open(":memory:"), &gorm.Config{Logger: logger.Discard})
	if err != nil {
		return "", err
	}
	pool, err := db.DB()
	if err != nil {
		return "", err
	}
	defer pool.Close()
	pool.SetMaxOpenConns(1) // each would have a memory of its own
	if err := migrate(db); err != nil {
		return "", err
	}
	return schemaOf(db)
})

// schemaOf is the text of the schema but for the table of the migrator, which its versions make in words of their own.
func schemaOf(db *gorm.DB) (schema string, err error) {
	err = db.Raw(`SELECT coalesce(group_concat(sql, ';'), '') FROM (SELECT sql FROM sqlite_schema
		WHERE name NOT LIKE 'sqlite\_%' ESCAPE '\' AND name <> 'migrations' ORDER BY name)`).Scan(&schema).Error
	return schema, err
}

// meansDamage tells whether an error of the database is one that the program's own statements meet only in what it has not written.
func meansDamage(err error) bool {
	switch resultCode(err) {
	case sqliteCorrupt, sqliteTooBig, sqliteMismatch, sqliteFormat:
		return true
	case sqliteSQL:
		return strings.Contains(err.Error(), "malformed JSON") || strings.Contains(err.Error(), "integer overflow")
	case sqliteConstraint:
		return strings.Contains(err.Error(), "NOT NULL constraint failed")
	}
	_, syntax := errors.AsType[*json.SyntaxError](err)
	_, kind := errors.AsType[*json.UnmarshalTypeError](err)
	return syntax || kind || strings.Contains(err.Error(), "sql: Scan error on column") // of database/sql, which has no type for it
}

// soundRow is Damaged if a row that was read, or one of several, has texts, numbers of things or times that no act writes.
func soundRow(row any) error { return soundValue(reflect.ValueOf(row)) }

func soundValue(v reflect.Value) error {
	switch v.Kind() {
	case reflect.String:
		if !utf8.ValidString(v.String()) {
			return damagedf("text %q", v.String())
		}
	case reflect.Int: // an id is an int64
		if v.Int() < 0 || v.Int() > mostThings {
			return damagedf("count %d", v.Int())
		}
	case reflect.Slice:
		for i := range v.Len() {
			if err := soundValue(v.Index(i)); err != nil {
				return err
			}
		}
	case reflect.Struct:
		if at, is := v.Interface().(time.Time); is {
			if !at.IsZero() && (at.UnixMilli() < 0 || at.UnixMilli() > lastMoment) {
				return damagedf("time %d", at.UnixMilli())
			}
			return nil
		}
		for i := range v.NumField() {
			if !v.Type().Field(i).IsExported() {
				continue
			}
			if err := soundValue(v.Field(i)); err != nil {
				return err
			}
		}
	}
	return nil
}

// The result codes of SQLite that mean damage, beside sqliteCorrupt (sqlite.org/rescode.html).
const (
	sqliteSQL      = 1 // "SQL error": its text says what
	sqliteNoMemory = 7 // or so it thinks
	sqliteTooBig   = 18
	sqliteMismatch = 20
	sqliteFormat   = 24
)
