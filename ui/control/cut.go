package control

import "fyne.io/fyne/v2"

// Cut is a text as far as it fits into the room, with an ellipsis if it does not. It is what every text that may be too long is cut with.
func Cut(text string, room, size float32, style fyne.TextStyle) string {
	if fyne.MeasureText(text, size, style).Width <= room {
		return text
	}
	runes := []rune(text)
	short := func(n int) string { return string(runes[:n]) + "…" }
	fits, not := 0, len(runes)
	for fits+1 < not {
		half := (fits + not) / 2
		if fyne.MeasureText(short(half), size, style).Width <= room {
			fits = half
		} else {
			not = half
		}
	}
	return short(fits)
}

// Baseline is how far below the top of a text of this style its letters stand.
func Baseline(size float32, style fyne.TextStyle) float32 {
	_, base := fyne.CurrentApp().Driver().RenderedTextSize("Ag", size, style, nil)
	return base
}
