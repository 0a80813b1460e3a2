package engine

import (
	"context"
	"errors"
	"time"

	"github.com/sirupsen/logrus"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// slow is what makes a statement worth a line in the log.
const slow = 300 * time.Millisecond

// Log writes what GORM reports to the program's log. Statements go without their values:
// those may be identifiers of devices.
type Log struct{ To *logrus.Logger }

// LogMode returns the adapter itself: the level is logrus's.
func (g Log) LogMode(logger.LogLevel) logger.Interface { return g }

// ParamsFilter keeps the values out of the traced statement.
func (g Log) ParamsFilter(_ context.Context, sql string, _ ...any) (string, []any) {
	return sql, nil
}

// Info passes a message of GORM on as debug: it is of no interest to people.
func (g Log) Info(_ context.Context, msg string, args ...any) { g.To.Debugf(msg, args...) }

// Warn passes a warning on.
func (g Log) Warn(_ context.Context, msg string, args ...any) { g.To.Warnf(msg, args...) }

// Error passes an error on.
func (g Log) Error(_ context.Context, msg string, args ...any) { g.To.Errorf(msg, args...) }

// Trace reports a statement that failed or was slow, and at trace level every one.
func (g Log) Trace(_ context.Context, begin time.Time, f func() (sql string, rows int64), err error) {
	took := time.Since(begin)
	level := logrus.TraceLevel
	switch {
	case err != nil && !errors.Is(err, gorm.ErrRecordNotFound) && !foreseen(err):
		level = logrus.WarnLevel
	case took > slow:
		level = logrus.DebugLevel
	}
	if !g.To.IsLevelEnabled(level) {
		return
	}
	sql, rows := f()
	fields := logrus.Fields{"sql": sql, "rows": rows, "ms": took.Milliseconds()}
	if err != nil {
		fields["error"] = err
	}
	g.To.WithFields(fields).Log(level, "statement")
}

// foreseen tells whether statements are made with this end in view: a value that is taken is made room for, or told.
func foreseen(err error) bool {
	return TroubleOf(err) == Interrupted || TroubleOf(err) == Taken || errors.Is(err, context.Canceled)
}
