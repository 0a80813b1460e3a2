package data

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"consign/data/engine"
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
		r.listeners.Tell(DamageFound)
	}
	return err
}

// damaged says that the register is, and for the log where.
func damaged(cause error) *model.Error { return engine.Damaged(cause) }

// damagedf is damaged for what no register holds that Consign has written.
func damagedf(what string, args ...any) *model.Error { return engine.Damagedf(what, args...) }

// explained makes Damaged of a fault, of memory that the database did not get, and of a statement that it does not understand, if the
// pages or the schema are not sound: wrong bytes lead to all of these. Else the error is one of the program, Internal.
func (r *Register) explained(err error) error {
	if !engine.IsFault(err) && engine.TroubleOf(err) != engine.Puzzled {
		return err
	}
	r.log.WithError(err).Error("a fault was caught")
	if found := engine.Guard(func() error { return r.quickCheck(context.Background()) }); model.CodeOf(found) == model.Damaged {
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
	return r.note(coded(r.engine.Check(ctx, engine.Quick, nil)))
}

// Check has the database look at every page of the register, follows its references, and counts again what its counters say, all in one
// state while acts go on. Errors: Damaged, Cancelled. Safe on any goroutine.
func (d Safe) Check(ctx context.Context) error {
	err := d.desk.engine.Check(ctx, engine.Whole, checkCounters)
	if engine.TroubleOf(err) == engine.Puzzled { // the statements of a check are right
		err = damaged(err)
	}
	return d.desk.note(coded(err))
}

// soundness looks at a register to a depth: nil if it finds nothing wrong.
func soundness(ctx context.Context, e engine.Engine, depth engine.Depth) error {
	if depth == engine.Quick {
		return e.Check(ctx, depth, nil)
	}
	return e.Check(ctx, depth, checkCounters)
}

// meansDamage tells whether an error of the database is one that the program's own statements meet only in what it has not written.
func meansDamage(err error) bool {
	if engine.TroubleOf(err) == engine.Corrupt {
		return true
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
