package control

import "fyne.io/fyne/v2"

// Cut is a text as far as it fits into the room, with an ellipsis if it does not. It is what every text that may be too long is cut with.
func Cut(text string, room, size float32, style fyne.TextStyle) string {
	if fyne.MeasureText(text, size, style).Width <= room {
		return text
	}
	runes := []rune(text)
	return longest(len(runes), func(n int) string { return string(runes[:n]) + "…" }, room, size, style)
}

// CutMiddle is a text as far as it fits, with an ellipsis in its middle: for what is told apart by its end as well as by its beginning.
func CutMiddle(text string, room, size float32, style fyne.TextStyle) string {
	if fyne.MeasureText(text, size, style).Width <= room {
		return text
	}
	runes := []rune(text)
	return longest(len(runes), func(n int) string {
		head := n / 2
		return string(runes[:head]) + "…" + string(runes[len(runes)-(n-head):])
	}, room, size, style)
}

// longest is the longest of so many texts, each longer than the one before, that fits into the room; the shortest if none does.
func longest(count int, text func(n int) string, room, size float32, style fyne.TextStyle) string {
	fits, not := 0, max(1, count)
	for fits+1 < not {
		half := (fits + not) / 2
		if fyne.MeasureText(text(half), size, style).Width <= room {
			fits = half
		} else {
			not = half
		}
	}
	return text(fits)
}

// Baseline is how far below the top of a text of this style its letters stand.
func Baseline(size float32, style fyne.TextStyle) float32 {
	_, base := fyne.CurrentApp().Driver().RenderedTextSize("Ag", size, style, nil)
	return base
}
