package uitest

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// Capture is what a window shows.
//
// Whenever a canvas is captured, Fyne forgets how widgets are drawn if the capture before it is a minute ago, and draws those of a test
// that were forgotten without a layout: sizes below nothing, on which its painter panics. So let it forget first, and lay all out.
func Capture(w fyne.Window) image.Image {
	test.NewCanvas().Capture()
	settings := fyne.CurrentApp().Settings()
	settings.SetTheme(settings.Theme())
	return w.Canvas().Capture()
}
