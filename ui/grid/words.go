package grid

import (
	"unicode/utf8"

	"fyne.io/fyne/v2"
)

// ruler measures and cuts texts, and remembers what it found: shaping a text costs more than everything else in a cell.
type ruler struct {
	size   float32
	widths map[ruled]float32
	cuts   map[ruledCut]string
	signs  map[ruledSign]float32
}

type ruled struct {
	text string
	mono bool
	bold bool
}

type ruledSign struct {
	sign       rune
	mono, bold bool
}

type ruledCut struct {
	ruled
	room float32
}

const ruledMost = 20000 // texts remembered before the ruler starts anew

func newRuler(size float32) *ruler {
	return &ruler{size: size, widths: map[ruled]float32{}, cuts: map[ruledCut]string{}, signs: map[ruledSign]float32{}}
}

// width is how wide a text is.
func (r *ruler) width(t ruled) float32 {
	if t.even() {
		return r.atMost(t)
	}
	if w, known := r.widths[t]; known {
		return w
	}
	if len(r.widths) > ruledMost {
		clear(r.widths)
	}
	w := fyne.MeasureText(t.text, r.size, fyne.TextStyle{Monospace: t.mono, Bold: t.bold}).Width
	r.widths[t] = w
	return w
}

// even tells whether a text is as wide as its signs together, because none moves closer to its neighbour:
// numbers, dates, and whatever is monospaced.
func (t ruled) even() bool {
	for i := range len(t.text) {
		if b := t.text[i]; b >= utf8.RuneSelf || !t.mono && (b < ' ' || b > '9') {
			return false
		}
	}
	return true
}

// atMost is how wide the signs of a text are together. Shaped, they may move closer.
func (r *ruler) atMost(t ruled) float32 {
	var sum float32
	for _, sign := range t.text {
		key := ruledSign{sign, t.mono, t.bold}
		w, known := r.signs[key]
		if !known {
			w = fyne.MeasureText(string(sign), r.size, fyne.TextStyle{Monospace: t.mono, Bold: t.bold}).Width
			r.signs[key] = w
		}
		sum += w
	}
	return sum
}

// cut is the text as far as it fits into the room, with an ellipsis if it does not.
func (r *ruler) cut(t ruled, room float32) string {
	if r.atMost(t) <= room || r.width(t) <= room {
		return t.text
	}
	key := ruledCut{t, room}
	if text, known := r.cuts[key]; known {
		return text
	}
	if len(r.cuts) > ruledMost {
		clear(r.cuts)
	}
	runes := []rune(t.text)
	style := fyne.TextStyle{Monospace: t.mono, Bold: t.bold}
	short, long := 0, len(runes) // the longest beginning that fits is in [short,long)
	for short+1 < long {
		mid := (short + long) / 2
		if fyne.MeasureText(string(runes[:mid])+"…", r.size, style).Width <= room {
			short = mid
		} else {
			long = mid
		}
	}
	text := string(runes[:short]) + "…"
	r.cuts[key] = text
	return text
}
