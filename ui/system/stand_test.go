package system

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWindowIsPutNowhereThatNoScreenShows(t *testing.T) {
	laptop := []area{{0, 24, 1920, 1056}}
	two := append([]area{{-2560, 0, 2560, 1400}}, laptop...)
	for _, c := range []struct {
		x, y, width int
		screens     []area
		reaches     bool
	}{
		{100, 100, 1280, laptop, true},
		{0, 24, 1280, laptop, true},
		{-900, 300, 1280, laptop, true},   // most of it hangs out at the left
		{-1200, 300, 1280, laptop, false}, // nearly all
		{1800, 300, 1280, laptop, false},
		{100, 0, 1280, laptop, false},    // its title is above the screen
		{100, 1050, 1280, laptop, false}, // it is below
		{-2000, 200, 1280, two, true},
		{-2000, 200, 1280, laptop, false}, // the second screen is gone
		{-32000, -32000, 1280, two, false},
		{10, 100, 120, laptop, true},
		{10, 100, 1280, nil, false},
	} {
		require.Equal(t, c.reaches, reaches(c.x, c.y, c.width, c.screens), "%+v", c)
	}
}
