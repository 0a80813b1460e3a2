//go:build !windows

package disktest

import "syscall"

// Full is what this system answers when the disk is full.
const Full = syscall.ENOSPC
