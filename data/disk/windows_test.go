package disk

import (
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestNumbersOfWindowsAreKnown(t *testing.T) {
	for number, trouble := range map[syscall.Errno]Trouble{5: Denied, 32: Held, 33: Held, 39: Full, 112: Full, 19: ReadOnly, 53: Away,
		64: Away, 21: Away} {
		require.Equal(t, trouble, windowsTroubles[number], "%d", number)
	}
}
