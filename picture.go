package main

import (
	"errors"
	"image/png"
	"os"
	"time"

	"fyne.io/fyne/v2"

	"consign/ui"
)

// settle is how long a window is left alone before its picture is taken.
const settle = 2 * time.Second

// takePicture saves what the window shows as PNG and quits. It runs on a goroutine of its own.
func takePicture(p *ui.Program, path string) {
	time.Sleep(settle)
	fyne.Do(func() {
		if err := savePicture(p.Window, path); err != nil {
			p.Log.WithError(err).Error("saving the picture")
		}
		p.Quit()
	})
}

func savePicture(w fyne.Window, path string) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(png.Encode(file, w.Canvas().Capture()), file.Close())
}
