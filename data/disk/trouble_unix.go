//go:build !windows

package disk

import (
	"errors"
	"syscall"
)

var troubles = map[syscall.Errno]Trouble{
	syscall.ENOSPC:       Full,
	syscall.EDQUOT:       Full,
	syscall.EROFS:        ReadOnly,
	syscall.EACCES:       Denied,
	syscall.EPERM:        Denied,
	syscall.EBUSY:        Held,
	syscall.ETXTBSY:      Held,
	syscall.ENOENT:       Missing,
	syscall.ENAMETOOLONG: Misnamed,
	syscall.EILSEQ:       Misnamed,
	syscall.EIO:          Broken,
	syscall.ESTALE:       Away,
	syscall.ENODEV:       Away,
	syscall.ENXIO:        Away,
	syscall.ENOTCONN:     Away,
	syscall.ENETDOWN:     Away,
	syscall.ENETUNREACH:  Away,
	syscall.EHOSTDOWN:    Away,
	syscall.EHOSTUNREACH: Away,
	syscall.ETIMEDOUT:    Away,
}

// isHeld reports whether a call failed because another program holds the file, for now.
func isHeld(err error) bool { return TroubleOf(err) == Held }

// cannotSettle reports whether a file system does not flush folders.
func cannotSettle(err error) bool {
	return errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.ENOTSUP) || errors.Is(err, syscall.EBADF)
}

func isRunning(pid int) bool {
	err := syscall.Kill(pid, 0)
	return err == nil || errors.Is(err, syscall.EPERM)
}
