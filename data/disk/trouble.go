package disk

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"syscall"

	"consign/model"
)

// Trouble is what is wrong when a call fails, as far as people can do something about it.
type Trouble uint8

// The troubles.
const (
	Unknown  Trouble = iota
	Full             // no room left, or no more for this user
	ReadOnly         // the disk takes nothing
	Denied           // this user may not
	Held             // by another program
	Away             // a network folder or a drive is gone
	Missing          // no such file or folder
	Misnamed         // a name that this system does not take
	Broken           // the disk reports an error
)

// TroubleOf says what is wrong, Unknown if err does not tell. Windows answers with numbers of its own, which the errors of POSIX are not.
func TroubleOf(err error) Trouble {
	if _, ok := errors.AsType[heldError](err); ok {
		return Held
	}
	if number, ok := errors.AsType[syscall.Errno](err); ok {
		if t, ok := troubles[number]; ok {
			return t
		}
	}
	switch {
	case errors.Is(err, fs.ErrPermission):
		return Denied
	case errors.Is(err, fs.ErrNotExist):
		return Missing
	}
	return Unknown
}

// heldError is the answer to a renaming that was tried for long: Windows denies it when another program holds the target.
type heldError struct{ error }

func (e heldError) Unwrap() error { return e.error }

// windowsTroubles are the numbers of Windows (winerror.h). They stand here so that every system tests them.
var windowsTroubles = map[syscall.Errno]Trouble{
	2:    Missing,  // ERROR_FILE_NOT_FOUND
	3:    Missing,  // ERROR_PATH_NOT_FOUND
	5:    Denied,   // ERROR_ACCESS_DENIED
	15:   Away,     // ERROR_INVALID_DRIVE
	19:   ReadOnly, // ERROR_WRITE_PROTECT
	21:   Away,     // ERROR_NOT_READY
	23:   Broken,   // ERROR_CRC
	32:   Held,     // ERROR_SHARING_VIOLATION
	33:   Held,     // ERROR_LOCK_VIOLATION
	39:   Full,     // ERROR_HANDLE_DISK_FULL
	51:   Away,     // ERROR_REM_NOT_LIST
	53:   Away,     // ERROR_BAD_NETPATH
	54:   Away,     // ERROR_NETWORK_BUSY
	55:   Away,     // ERROR_DEV_NOT_EXIST
	58:   Away,     // ERROR_BAD_NET_RESP
	59:   Away,     // ERROR_UNEXP_NET_ERR
	64:   Away,     // ERROR_NETNAME_DELETED
	65:   Denied,   // ERROR_NETWORK_ACCESS_DENIED
	67:   Away,     // ERROR_BAD_NET_NAME
	70:   Away,     // ERROR_SHARING_PAUSED
	112:  Full,     // ERROR_DISK_FULL
	121:  Away,     // ERROR_SEM_TIMEOUT
	123:  Misnamed, // ERROR_INVALID_NAME
	161:  Misnamed, // ERROR_BAD_PATHNAME
	170:  Held,     // ERROR_BUSY
	206:  Misnamed, // ERROR_FILENAME_EXCED_RANGE
	303:  Held,     // ERROR_DELETE_PENDING
	362:  Away,     // ERROR_CLOUD_FILE_PROVIDER_NOT_RUNNING
	388:  Away,     // ERROR_CLOUD_FILE_NETWORK_UNAVAILABLE
	395:  Denied,   // ERROR_CLOUD_FILE_ACCESS_DENIED
	433:  Away,     // ERROR_NO_SUCH_DEVICE
	1110: Broken,   // ERROR_MEDIA_CHANGED
	1117: Broken,   // ERROR_IO_DEVICE
	1167: Away,     // ERROR_DEVICE_NOT_CONNECTED
	1203: Away,     // ERROR_NO_NET_OR_BAD_PATH
	1222: Away,     // ERROR_NO_NETWORK
	1224: Held,     // ERROR_USER_MAPPED_FILE
	1225: Away,     // ERROR_CONNECTION_REFUSED
	1231: Away,     // ERROR_NETWORK_UNREACHABLE
	1232: Away,     // ERROR_HOST_UNREACHABLE
	1236: Away,     // ERROR_CONNECTION_ABORTED
	1295: Full,     // ERROR_DISK_QUOTA_EXCEEDED
	1326: Denied,   // ERROR_LOGON_FAILURE
	1392: Broken,   // ERROR_FILE_CORRUPT
	1393: Broken,   // ERROR_DISK_CORRUPT
	1920: Denied,   // ERROR_CANT_ACCESS_FILE
}

// Unwritable says why the file at path could not be written. A coded error stays as it is.
func Unwritable(path string, err error) *model.Error {
	if e, ok := errors.AsType[*model.Error](err); ok {
		return e
	}
	name := filepath.Base(path)
	if errors.Is(err, context.Canceled) {
		return model.Fail(model.Cancelled, "Stopped. Nothing was changed.").Because(err)
	}
	switch TroubleOf(err) {
	case Full:
		return model.Fail(model.DiskFull, "The disk is full: {{.Name}} was not written. Make room or choose another folder.", "Name",
			name).Because(err)
	case ReadOnly:
		return model.Fail(model.Unwritable, "{{.Name}} cannot be written: this disk is read-only. Choose another folder.", "Name",
			name).Because(err)
	case Denied:
		return model.Fail(model.Unwritable, "{{.Name}} may not be written here. Choose another folder.", "Name", name).Because(err)
	case Missing:
		return model.Fail(model.Unwritable, "The folder for {{.Name}} does not exist.", "Name", name).Because(err)
	case Misnamed:
		return model.Fail(model.Unwritable, "{{.Name}} is a name that this system does not take, or it is too long. Choose another one.",
			"Name", name).Because(err)
	case Away:
		return model.Fail(model.Unwritable, "{{.Name}} was not written: the network folder or the drive is not there. Connect it and try again.",
			"Name", name).Because(err)
	case Broken:
		return model.Fail(model.Unwritable, "{{.Name}} was not written: the disk reports an error.", "Name", name).Because(err)
	}
	return model.Fail(model.Unwritable, "{{.Name}} could not be written. Is it open in another program?", "Name", name).Because(err)
}
