package chart

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
)

// Shares draws what a whole is made of: one bar of segments, and below it a line per item with its colour, value and share.
type Shares struct {
	plot
	percents []string // of the items
}

// NewShares makes an empty plot that writes numbers with format.
func NewShares(format func(int) string) *Shares {
	s := &Shares{plot: plot{format: format, active: -1}}
	s.ExtendBaseWidget(s)
	return s
}

// Set shows other items.
func (h *Shares) Set(items []Item) {
	total := 0
	for _, item := range items {
		total += max(0, item.Value)
	}
	h.percents = make([]string, len(items))
	for i, item := range items {
		h.percents[i] = percent(max(0, item.Value), max(1, total))
	}
	h.plot.Set(items)
}

// CreateRenderer implements fyne.Widget.
func (h *Shares) CreateRenderer() fyne.WidgetRenderer {
	d := newDrawing(&h.plot, func(s style) fyne.Size {
		return fyne.NewSize(180, shareThick+shareGap+float32(max(3, len(h.items)))*barRow(s))
	})
	d.arrange = func(s style) { h.arrange(d, s) }
	return d
}

const (
	shareThick = 18 // of the bar, at least
	shareMost  = 56
	shareHigh  = 0.12 // of the height of the plot
	shareGap   = 10
	shareLeast = 3 // a share above zero is seen, however small
	swatch     = 10
)

func (h *Shares) arrange(d *drawing, s style) {
	width := h.Size().Width
	thick := max(shareThick, min(shareMost, whole(h.Size().Height*shareHigh)))
	row := min(barRowMost, max(barRow(s), whole((h.Size().Height-thick-shareGap)/float32(len(h.items)))))
	segments := widths(h.items, width)
	var x float32
	for i, w := range segments {
		if w > 0 {
			h.spots = append(h.spots, spot{fyne.NewPos(x, 0), fyne.NewSize(w, thick+shareGap/2), i})
		}
		x += w
	}
	var lines []spot
	for i := range h.items {
		lines = append(lines, spot{fyne.NewPos(0, thick+shareGap+float32(i)*row), fyne.NewSize(width, row), i})
	}
	h.spots = append(h.spots, lines...)
	if h.active >= 0 {
		d.band(s, lines[h.active])
	}
	x = 0
	for i, w := range segments {
		if w > 0 {
			d.shape(s.fill(h.items[i], i == h.active), x, 0, w-1, thick, 2)
		}
		x += w
	}
	h.legend(d, s, lines)
}

func (h *Shares) legend(d *drawing, s style, lines []spot) {
	var percents float32
	for _, text := range h.percents {
		percents = max(percents, s.width(text))
	}
	for i, item := range h.items {
		on := lines[i]
		y := whole(on.at.Y + (on.size.Height-s.height)/2)
		right := on.size.Width
		d.shape(s.fill(item, i == h.active), 0, on.at.Y+(on.size.Height-swatch)/2, swatch, swatch, 2)
		share, value := h.percents[i], h.format(item.Value)
		d.text(share, s.quiet, fyne.NewPos(right-s.width(share), y))
		right -= percents + barGap
		d.text(value, s.text, fyne.NewPos(right-s.width(value), y))
		left := float32(swatch + 8)
		shown := s.cut(item.Label, right-s.width(value)-barGap-left)
		h.hides(i, shown)
		d.text(shown, s.text, fyne.NewPos(left, y))
	}
}

// widths divides the room among the items. Items above zero get shareLeast units at least, taken from the widest.
func widths(items []Item, room float32) []float32 {
	total, widest := 0, 0
	for i, item := range items {
		total += item.Value
		if item.Value > items[widest].Value {
			widest = i
		}
	}
	out := make([]float32, len(items))
	left := room
	for i, item := range items {
		if i != widest && item.Value > 0 {
			out[i] = max(shareLeast, whole(room*float32(item.Value)/float32(total)))
			left -= out[i]
		}
	}
	out[widest] = max(0, left)
	return out
}

// percent is a share in whole percents that never says 0 of something or 100 of not all.
func percent(value, total int) string {
	rounded := (200*value + total) / (2 * total)
	switch {
	case value > 0 && rounded == 0:
		return lang.L("<1%")
	case value < total && rounded == 100:
		return lang.L(">99%")
	}
	return lang.L("{{.Percent}}%", map[string]any{"Percent": rounded})
}
