//go:build !windows

package data

import (
	"errors"
	"os"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"consign/model"
)

func TestErrorsOfTheSystemAreToldAsWhatTheyAre(t *testing.T) {
	for err, want := range map[error]struct {
		code model.Code
		part string
	}{
		syscall.EROFS:  {model.Unwritable, "disk is read-only"},
		syscall.ENOSPC: {model.DiskFull, "disk is full"},
		syscall.EACCES: {model.Unwritable, "cannot be written"},
		syscall.EIO:    {model.Unreadable, "disk reports an error"},
		syscall.ESTALE: {model.Unreadable, "network folder"},
		syscall.EBUSY:  {model.InUse, "Another program holds"},
	} {
		requireCode(t, want.code, want.part, coded(&os.PathError{Err: err}))
	}
	require.Equal(t, model.Internal, model.CodeOf(coded(errors.New("else"))))
}
