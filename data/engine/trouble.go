package engine

import (
	"fmt"

	"consign/model"
)

// Trouble is what an error of a database means.
type Trouble uint8

// The troubles that people can do something about, or that acts look for.
const (
	NoTrouble   Trouble = iota // nil, or no error of a database
	Busy                       // another program or desk holds what it takes
	ReadOnly                   // it cannot be written
	Interrupted                // its context ended
	Full                       // there is no room
	Shut                       // it cannot be opened
	Broken                     // reading or writing failed where it is kept
	Corrupt                    // it holds what no act has written
	Foreign                    // it is no database
	Taken                      // a constraint: something else is there already
	Away                       // the server is not to be reached
	ServerFull                 // there is no room where the server keeps it
	Forbidden                  // the server does not let this login do it
	Denied                     // the server does not accept the login or its password
	Puzzled                    // a statement was not understood, or there was no memory for it: maybe because of damage
	Other
)

var explanations []func(error) Trouble

// Explain adds what an engine knows of its errors: NoTrouble for those that are not its own. Call it when the program starts.
func Explain(f func(error) Trouble) { explanations = append(explanations, f) }

// TroubleOf is what the error means, whichever engine it is of.
func TroubleOf(err error) Trouble {
	if err == nil {
		return NoTrouble
	}
	for _, explain := range explanations {
		if trouble := explain(err); trouble != NoTrouble {
			return trouble
		}
	}
	return NoTrouble
}

// Damaged says that the register is, and for the log where.
func Damaged(cause error) *model.Error {
	return model.Fail(model.Damaged, "The register is damaged. Restore it from a backup.").Because(cause)
}

// Damagedf is Damaged for what no register holds that Consign has written.
func Damagedf(what string, args ...any) *model.Error { return Damaged(fmt.Errorf(what, args...)) }
