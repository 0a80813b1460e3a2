package system

// Stand is how a window stands on the screens.
type Stand struct {
	X, Y      int  // of its content, in pixels from the corner of the main screen
	Placed    bool // X and Y are known: Wayland tells no program where its windows are
	Maximised bool
	Minimised bool // and so neither its place nor its size are those that it has otherwise
}

// area is a part of the screens, in their pixels.
type area struct{ x, y, width, height int }

// The part of a window's upper edge that must be on a screen, so that it can be seen and taken with the mouse.
const (
	reachWidth  = 160
	reachHeight = 48
)

// reaches reports whether a window of this width, whose content begins at x, y, can be seen and taken on one of the screens.
func reaches(x, y, width int, screens []area) bool {
	for _, s := range screens {
		seen := min(x+width, s.x+s.width) - max(x, s.x)
		if seen >= min(reachWidth, width) && y >= s.y && y+reachHeight <= s.y+s.height {
			return true
		}
	}
	return false
}
