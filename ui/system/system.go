// Package system is what the operating system does for the program: the OpenGL that draws, messages before there is a window, the folders
// that it redirects, files shown in its browser, and handing files to the Consign that runs already. It knows nothing of devices.
package system

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"github.com/ncruces/zenity"
)

// Software is the argument with which the program draws without graphics hardware.
const Software = "software"

// NoOpenGL says that the system's OpenGL is too old to draw a window.
type NoOpenGL struct {
	Version  string // "1.1.0"; "" if there is none at all
	Renderer string // who draws: "GDI Generic"
	Cause    error  // nil if it is only old
}

// Error implements error.
func (e *NoOpenGL) Error() string {
	return fmt.Sprintf("OpenGL %q of %q is too old or missing (%v)", e.Version, e.Renderer, e.Cause)
}

// Unwrap gives the cause.
func (e *NoOpenGL) Unwrap() error { return e.Cause }

// atLeast reports whether a version of OpenGL, "4.6.0 NVIDIA 535", is at least the other.
func atLeast(version string, major, minor int) bool {
	var a, b int
	if n, _ := fmt.Sscanf(version, "%d.%d", &a, &b); n != 2 {
		return false
	}
	return a > major || a == major && b >= minor
}

// softwareLibrary is where the OpenGL that needs no graphics hardware lies, if it is there.
func softwareLibrary() (path string, there bool) {
	program, err := os.Executable()
	if err != nil {
		return "", false
	}
	path = filepath.Join(filepath.Dir(program), Software, "opengl32.dll")
	_, err = os.Stat(path)
	return path, err == nil
}

// StartWithSoftware starts the program once more, with the same arguments and the OpenGL that needs no graphics hardware, and reports
// whether it could. It cannot where there is none, or where this is that start already.
func StartWithSoftware() bool {
	again := "--" + Software
	if _, there := softwareLibrary(); !there || slices.Contains(os.Args[1:], again) || slices.Contains(os.Args[1:], again[1:]) {
		return false
	}
	return StartAgain(again) == nil
}

// StartAgain starts the program once more, with further arguments before those it was started with itself.
func StartAgain(further ...string) error {
	program, err := os.Executable()
	if err != nil {
		return err
	}
	return exec.Command(program, append(further, os.Args[1:]...)...).Start()
}

// Tell shows a message of the operating system, without a window of ours, and waits for the answer. It reports whether the button was
// pressed that does something; with button "" there is none. It may be called before Fyne runs.
func Tell(title, text, button, leave string) bool {
	options := []zenity.Option{zenity.Title(title), zenity.ErrorIcon, zenity.Width(480)}
	if button == "" {
		_ = zenity.Error(text, append(options, zenity.OKLabel(leave))...)
		return false
	}
	err := zenity.Question(text, append(options, zenity.OKLabel(button), zenity.CancelLabel(leave))...)
	return !errors.Is(err, zenity.ErrCanceled) && err == nil
}

// IsThere reports whether a window that was shown is one of the system's. A window without a system, as in tests, is there.
func IsThere(w fyne.Window) bool {
	_, native := w.(driver.NativeWindow)
	return !native || Handle(w) != 0
}

func isFolder(path string) bool {
	s, err := os.Stat(path)
	return err == nil && s.IsDir()
}
