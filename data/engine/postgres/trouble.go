package postgres

import (
	"errors"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"consign/data/engine"
)

func init() { engine.Explain(troubleOf) }

// troubleOf is what an error of the server means (postgresql.org/docs/current/errcodes-appendix.html), or that there is none.
func troubleOf(err error) engine.Trouble {
	if _, is := errors.AsType[*unreached](err); is {
		return engine.Away
	}
	if e, is := errors.AsType[*pgconn.PgError](err); is {
		return troubleOfCode(e.Code)
	}
	if lost(err) {
		return engine.Away
	}
	return engine.NoTrouble
}

func troubleOfCode(code string) engine.Trouble {
	switch code {
	case "40001", "40P01", "55P03":
		return engine.Busy
	case "25006":
		return engine.ReadOnly
	case "42501":
		return engine.Forbidden
	case "57014":
		return engine.Interrupted
	case "53100":
		return engine.ServerFull
	case "23502", "22P02", "22003", "XX001", "XX002":
		return engine.Corrupt // of what the program's own statements meet only in what it has not written
	case "57P01", "57P02", "57P03", "57P05", "25P03", "53300":
		return engine.Away
	}
	switch {
	case strings.HasPrefix(code, "23"):
		return engine.Taken
	case strings.HasPrefix(code, "42"), strings.HasPrefix(code, "22"):
		return engine.Puzzled
	case strings.HasPrefix(code, "28"):
		return engine.Denied
	case strings.HasPrefix(code, "3D"):
		return engine.Shut
	case strings.HasPrefix(code, "08"):
		return engine.Away
	case strings.HasPrefix(code, "58"):
		return engine.Broken
	}
	return engine.Other
}

// unreached is why the server is not heard.
type unreached struct{ cause error }

func (u *unreached) Error() string { return "the server is not heard: " + u.cause.Error() }

// lost reports whether the connection to the server is, or was not to be had.
func lost(err error) bool {
	if _, is := errors.AsType[*pgconn.ConnectError](err); is {
		return true
	}
	if _, is := errors.AsType[*net.OpError](err); is { // errors of files are net.Error, too
		return true
	}
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) ||
		err != nil && (strings.Contains(err.Error(), "conn closed") || strings.Contains(err.Error(), "driver: bad connection"))
}
