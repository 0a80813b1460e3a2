package control_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"consign/ui/control"
)

func TestDigitsAreGrouped(t *testing.T) {
	require.Equal(t, "0", control.Number(0))
	require.Equal(t, "999", control.Number(999))
	require.Equal(t, "12,400", control.Number(12400))
	require.Equal(t, "1,000,000", control.Number(1000000))
}
