package chart

import (
	"fyne.io/fyne/v2"
)

// Columns draws items from left to right over an axis with round numbers, as for months. Labels that have no room are left out, the
// last one never.
type Columns struct {
	plot
}

// NewColumns makes an empty plot that writes numbers with format.
func NewColumns(format func(int) string) *Columns {
	c := &Columns{plot{format: format, active: -1}}
	c.ExtendBaseWidget(c)
	return c
}

// CreateRenderer implements fyne.Widget.
func (c *Columns) CreateRenderer() fyne.WidgetRenderer {
	d := newDrawing(&c.plot, func(s style) fyne.Size { return fyne.NewSize(180, 7*s.height) })
	d.arrange = func(s style) { c.arrange(d, s) }
	return d
}

const (
	columnShare  = 0.64 // of its slot
	columnMost   = 96   // widest column
	gapAfterAxis = 8
	mostTicks    = 6 // on the axis, however high the plot is
)

func (c *Columns) arrange(d *drawing, s style) {
	size := c.Size()
	base := size.Height - s.height - 4
	top := s.height / 2
	step, count := ticks(c.highest(), max(1, min(mostTicks, int((base-top)/(2.4*s.height)))))
	scale := (base - top) / float32(step*count)
	left := c.axis(d, s, step, count, base, scale) + gapAfterAxis

	slot := (size.Width - left) / float32(len(c.items))
	width := whole(min(slot*columnShare, columnMost))
	for i := range c.items {
		at := whole(left + float32(i)*slot)
		c.spots = append(c.spots, spot{fyne.NewPos(at, 0), fyne.NewSize(whole(left+float32(i+1)*slot)-at, size.Height), i})
	}
	if c.active >= 0 {
		d.band(s, c.spots[c.active])
	}
	for i, item := range c.items {
		if item.Value == 0 {
			continue
		}
		height := max(2, float32(item.Value)*scale)
		x := whole(c.spots[i].at.X + (c.spots[i].size.Width-width)/2)
		d.shape(s.fill(item, i == c.active), x, base-height, width, height, min(2, width/4))
	}
	c.labels(d, s, base+4)
	if c.active >= 0 {
		item, on := c.items[c.active], c.spots[c.active]
		text := item.Tip
		if text == "" {
			text = item.Label + ": " + c.format(item.Value)
		}
		d.say(s, text, fyne.NewPos(on.at.X+on.size.Width/2, base-float32(item.Value)*scale-4), 0)
	}
}

// axis draws the round numbers with their lines, and returns the width that the numbers take.
func (c *Columns) axis(d *drawing, s style, step, count int, base, scale float32) float32 {
	var width float32
	for n := range count + 1 {
		width = max(width, s.width(c.format(n*step)))
	}
	for n := range count + 1 {
		y := base - float32(n*step)*scale
		text := c.format(n * step)
		d.text(text, s.quiet, fyne.NewPos(width-s.width(text), whole(y-s.height/2)))
		d.shape(s.line, width+gapAfterAxis, y, c.Size().Width-width-gapAfterAxis, 1, 0)
	}
	return width
}

// labels writes the last label and every second, third, … before it, as close as they stand without touching.
func (c *Columns) labels(d *drawing, s style, y float32) {
	places := make([]float32, len(c.items))
	widths := make([]float32, len(c.items))
	for i, item := range c.items {
		widths[i] = s.width(item.Label)
		middle := c.spots[i].at.X + c.spots[i].size.Width/2
		places[i] = whole(max(0, min(middle-widths[i]/2, c.Size().Width-widths[i])))
	}
	step := stride(places, widths)
	for i := len(c.items) - 1; i >= 0; i -= step {
		color := s.quiet
		if i == c.active {
			color = s.text
		}
		d.text(c.items[i].Label, color, fyne.NewPos(places[i], y))
	}
}

const labelGap = 6

// stride is the least step with which labels, counted from the last one, do not touch.
func stride(places, widths []float32) int {
	for step := 1; ; step++ {
		fits := true
		for i := len(places) - 1; i-step >= 0; i -= step {
			fits = fits && places[i-step]+widths[i-step]+labelGap <= places[i]
		}
		if fits {
			return step
		}
	}
}

// ticks finds the step of 1, 2 or 5 times a power of ten, and how many of them, with which an axis of at most `most` steps reaches the
// highest value.
func ticks(highest, most int) (step, count int) {
	for power := 1; ; power *= 10 {
		for _, n := range [...]int{1, 2, 5} {
			step = n * power
			if count = (highest + step - 1) / step; count <= most {
				return step, count
			}
		}
	}
}
