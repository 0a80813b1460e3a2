package engine

import (
	"errors"
	"fmt"
	"runtime/debug"
)

// fault is a panic that Guard has caught.
type fault struct {
	cause any
	stack []byte
}

func (f *fault) Error() string { return fmt.Sprintf("%v\n%s", f.cause, f.stack) }

// Guard runs f and makes an error of its panic and of its reaching for memory that is not there: a database's own code, in the hands
// of a damaged file, shall not end the program. See IsFault.
func Guard(f func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if cause := recover(); cause != nil {
			err = &fault{cause, debug.Stack()}
		}
	}()
	return f()
}

// IsFault reports whether the error is one that Guard made.
func IsFault(err error) bool {
	_, is := errors.AsType[*fault](err)
	return is
}
