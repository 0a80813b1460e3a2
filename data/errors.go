package data

import (
	"context"
	"database/sql"
	"errors"

	"gorm.io/gorm"

	"consign/data/disk"
	"consign/data/engine"
	"consign/model"
)

// coded turns an error of the database or the operating system into a *model.Error that a clerk understands.
// A coded error and nil stay as they are.
func coded(err error) error {
	if err == nil {
		return nil
	}
	if e, ok := errors.AsType[*model.Error](err); ok {
		return e
	}
	return plain(err).Because(err)
}

func plain(err error) *model.Error {
	if meansDamage(err) {
		return engine.Damaged(nil)
	}
	switch engine.TroubleOf(err) {
	case engine.Busy:
		return model.Fail(model.InUse, "The register is busy: another program works on it.")
	case engine.ReadOnly:
		return model.Fail(model.Unwritable, "The register cannot be written: its file or folder is read-only.")
	case engine.Interrupted:
		return model.Fail(model.Cancelled, "Stopped. Nothing was changed.")
	case engine.Full:
		return model.Fail(model.DiskFull, "The disk is full. Nothing was changed: make room and try again.")
	case engine.Shut:
		return model.Fail(model.Unreadable, "The register cannot be opened.")
	case engine.Away:
		return model.Fail(model.Away, "The server with the register is not to be reached. Nothing was changed.")
	case engine.ServerFull:
		return model.Fail(model.DiskFull, "The server's disk is full. Nothing was changed: whoever looks after the server has to make room.")
	case engine.Forbidden:
		return model.Fail(model.Refused, "Your role in this register does not allow this. "+
			"Nothing was changed: ask an administrator of the register.")
	case engine.Denied:
		return model.Fail(model.Denied, "The server does not accept this name or its password.")
	case engine.Foreign:
		return model.Fail(model.NotRegister, "This file is not a register of Consign.")
	case engine.Taken:
		return model.Fail(model.Conflict, "The register holds something else under this identifier already.")
	case engine.Broken:
		return model.Fail(model.Unreadable, "The disk reports an error. Nothing was changed.")
	}
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded), errors.Is(err, sql.ErrTxDone):
		return model.Fail(model.Cancelled, "Stopped. Nothing was changed.")
	case errors.Is(err, gorm.ErrRecordNotFound):
		return model.Fail(model.NotFound, "It is not in the register any more.")
	}
	switch disk.TroubleOf(err) {
	case disk.Full:
		return model.Fail(model.DiskFull, "The disk is full. Nothing was changed: make room and try again.")
	case disk.ReadOnly:
		return model.Fail(model.Unwritable, "The disk is read-only: nothing can be written there.")
	case disk.Denied:
		return model.Fail(model.Unwritable, "The file or its folder cannot be written.")
	case disk.Held:
		return model.Fail(model.InUse, "Another program holds the file. Close it there, or wait for the virus scanner or the synchroniser, "+
			"and try again.")
	case disk.Away:
		return model.Fail(model.Unreadable, "The network folder or the drive is not there. Connect it and try again.")
	case disk.Missing:
		return model.Fail(model.NotFound, "The file does not exist.")
	case disk.Broken:
		return model.Fail(model.Unreadable, "The disk reports an error. Nothing was changed.")
	}
	return model.Fail(model.Internal, "Something went wrong. The log says more.")
}
