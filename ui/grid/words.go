package grid

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
)

// number is n with its digits grouped as the language does.
func number(n int) string {
	digits := strconv.Itoa(n)
	separator := lang.X("grid.thousands", ",")
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + separator + digits[at:]
	}
	return digits
}

// ruler measures and cuts texts, and remembers what it found: shaping a text costs more than everything else in a cell.
type ruler struct {
	size   float32
	widths map[ruled]float32
	cuts   map[ruledCut]string
}

type ruled struct {
	text string
	mono bool
	bold bool
}

type ruledCut struct {
	ruled
	room float32
}

const ruledMost = 20000 // texts remembered before the ruler starts anew

func newRuler(size float32) *ruler {
	return &ruler{size: size, widths: map[ruled]float32{}, cuts: map[ruledCut]string{}}
}

// width is how wide a text is.
func (r *ruler) width(t ruled) float32 {
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

// cut is the text as far as it fits into the room, with an ellipsis if it does not.
func (r *ruler) cut(t ruled, room float32) string {
	if r.width(t) <= room {
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
