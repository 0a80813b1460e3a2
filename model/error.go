package model

import "errors"

// Code tells a program what kind of error it has, where the Text tells a person.
type Code string

// The codes of every error that a person may see.
const (
	Invalid     Code = "invalid"      // the input breaks a rule of the field
	NotFound    Code = "not found"    // no such account, upload, device or file
	Exists      Code = "exists"       // it is there already
	Refused     Code = "refused"      // a rule forbids the act in the present state
	Conflict    Code = "conflict"     // an identifier is taken by a living device
	Unreadable  Code = "unreadable"   // a file or folder cannot be read
	Unwritable  Code = "unwritable"   // a file or folder cannot be written
	DiskFull    Code = "disk full"    // no room left
	Damaged     Code = "damaged"      // a file is broken
	NotRegister Code = "not register" // the file is something else than a register
	Newer       Code = "newer"        // the register was made by a newer Consign
	KeptOnly    Code = "kept only"    // the register is not there, but one that was kept, or a backup of it, is
	InUse       Code = "in use"       // another Consign has the register open
	Away        Code = "away"         // the server with the register is not to be reached now
	Denied      Code = "denied"       // the server does not accept the name or its password
	Cancelled   Code = "cancelled"    // the user stopped the work
	Internal    Code = "internal"     // a fault of the program; the log has the cause
)

// Error is an error with a code, a sentence that a clerk understands and, for the log, its technical cause.
type Error struct {
	Code  Code
	Text  Text
	Cause error
}

// Fail makes an Error of a code, a sentence template and pairs of place name and value (see Say).
func Fail(code Code, template string, pairs ...any) *Error {
	return &Error{Code: code, Text: Say(template, pairs...)}
}

// Because returns e with its technical cause.
func (e *Error) Because(cause error) *Error {
	e.Cause = cause
	return e
}

// Error is the English sentence, followed by the cause if there is one.
func (e *Error) Error() string {
	if e.Cause != nil {
		return e.Text.String() + " (" + e.Cause.Error() + ")"
	}
	return e.Text.String()
}

// Unwrap returns the technical cause.
func (e *Error) Unwrap() error { return e.Cause }

// CodeOf returns the code of err: "" for nil, Internal for an error without a code.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return Internal
}
