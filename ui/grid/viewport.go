package grid

import "math"

// viewport says which rows are on screen. It keeps an integer first row and a small shift, because pixels counted from the first row of
// a million do not fit Fyne's float32.
type viewport struct {
	rows   int     // how many there are
	rowH   float32 // height of one
	height float32 // of the part on screen
	first  int     // the topmost row, wholly or partly on screen
	shift  float32 // how much of it is cut off above, 0 ≤ shift < rowH
}

// span is the rows [first,end) that are on screen, wholly or partly.
func (v *viewport) span() (first, end int) {
	n := int(math.Ceil(float64((v.height + v.shift) / v.rowH)))
	return v.first, min(v.rows, v.first+max(n, 0))
}

// y is where row i begins, counted from the top of the viewport.
func (v *viewport) y(i int) float32 { return float32(i-v.first)*v.rowH - v.shift }

// at is the row at height y of the viewport, or -1 below the last.
func (v *viewport) at(y float32) int {
	i := v.first + int(math.Floor(float64((y+v.shift)/v.rowH)))
	if y < 0 || y >= v.height || i >= v.rows {
		return -1
	}
	return i
}

// page is how many whole rows fit.
func (v *viewport) page() int { return max(1, int(v.height/v.rowH)) }

// top is the position of the viewport, in rows.
func (v *viewport) top() float64 { return float64(v.first) + float64(v.shift)/float64(v.rowH) }

// bottom is the position at which the last row stands at the lower edge, in rows.
func (v *viewport) bottom() float64 {
	return max(0, float64(v.rows)-float64(v.height)/float64(v.rowH))
}

// setTop moves the viewport to a position in rows, as far as there are rows.
func (v *viewport) setTop(top float64) {
	if v.rowH <= 0 {
		return // a question may be answered before the table has a size
	}
	top = max(0, min(top, v.bottom()))
	v.first = int(top)
	v.shift = float32((top - float64(v.first)) * float64(v.rowH))
	if v.shift >= v.rowH-0.01 { // a rounding remainder, not a row cut off by a hair
		v.first, v.shift = v.first+1, 0
	}
	if v.shift < 0.01 {
		v.shift = 0
	}
}

// show moves the viewport as little as needed for row i to be wholly on screen.
func (v *viewport) show(i int) {
	switch {
	case float64(i) < v.top():
		v.setTop(float64(i))
	case float64(i+1) > v.top()+float64(v.height)/float64(v.rowH):
		v.setTop(min(float64(i), float64(i+1)-float64(v.height)/float64(v.rowH)))
	}
}
