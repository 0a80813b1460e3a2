package grid

import (
	"cmp"
	"encoding/json"
	"math"
	"slices"

	"fyne.io/fyne/v2"
)

const (
	defaultWidth float32 = 120
	leastWidth   float32 = 36
	usualText    float32 = 14 // the text size of Fyne's own theme
)

// columns is the declared columns in the order, widths and visibility that the user gave them.
type columns[R any] struct {
	declared []Column[R]
	placed   []place            // every column, in order
	frozen   int                // how many of the shown ones stay while the others scroll
	key      string             // in the preferences
	scale    float32            // of the theme's letters to the usual ones, if they are larger; widths are kept for the usual ones
	room     float32            // of the table for them
	needs    map[string]need    // of the columns, by their ids
	empty    map[string]bool    // columns that hold nothing now
	content  map[string]float32 // what the rows that were looked at need; nil in a table whose columns are not sized by them
}

// need is the room that a column needs: for its broken title and its words, and for its title on one line.
type need struct{ least, title float32 }

// place is where one column stands, as it is kept in the preferences.
type place struct {
	ID     string  `json:"id"`
	Width  float32 `json:"width,omitempty"` // 0 until the user chooses one
	Hidden bool    `json:"hidden,omitempty"`
	Sort   int     `json:"sort,omitempty"` // its rank among the sort keys, from 1; negative when it sorts down
}

// shownColumn is a column on screen.
type shownColumn[R any] struct {
	Column[R]
	width  float32
	x      float32 // from the left of the frozen columns, or of the scrolled ones
	frozen bool
	reach  float32 // how much wider it may grow
}

func newColumns[R any](id string, declared []Column[R]) columns[R] {
	c := columns[R]{declared: slices.Clone(declared), key: "grid." + id, scale: 1}
	for i, d := range declared {
		c.declared[i].Title, c.declared[i].breaks = PlainTitle(d.Title), d.Title
		if d.Width <= 0 && len(d.Words) == 0 {
			c.declared[i].Width = defaultWidth
		}
	}
	c.placed = c.initial()
	c.load()
	return c
}

func (c *columns[R]) initial() []place {
	placed := make([]place, len(c.declared))
	for i, d := range c.declared {
		placed[i] = place{ID: d.ID, Hidden: d.Hidden}
	}
	return placed
}

// load takes the kept layout. Columns that it does not know stand where they were declared.
func (c *columns[R]) load() {
	var kept []place
	if json.Unmarshal([]byte(fyne.CurrentApp().Preferences().String(c.key)), &kept) != nil {
		return
	}
	kept = slices.DeleteFunc(kept, func(p place) bool { return c.find(p.ID) < 0 })
	for at, p := range c.placed {
		if !slices.ContainsFunc(kept, func(k place) bool { return k.ID == p.ID }) {
			kept = slices.Insert(kept, min(at, len(kept)), p)
		}
	}
	seen := map[string]bool{}
	kept = slices.DeleteFunc(kept, func(p place) bool {
		again := seen[p.ID]
		seen[p.ID] = true
		return again
	})
	for i := range kept {
		if kept[i].Width != 0 {
			kept[i].Width = max(leastWidth, kept[i].Width)
		}
	}
	c.placed = kept
}

func (c *columns[R]) save() {
	text, err := json.Marshal(c.placed)
	if err != nil {
		fyne.LogError("keep the columns of a table", err)
		return
	}
	fyne.CurrentApp().Preferences().SetString(c.key, string(text))
}

// sorts is the kept order of the rows.
func (c *columns[R]) sorts() []SortKey {
	sorting := slices.DeleteFunc(slices.Clone(c.placed), func(p place) bool { return p.Sort == 0 || !c.declared[c.find(p.ID)].Sortable })
	slices.SortStableFunc(sorting, func(a, b place) int { return cmp.Compare(max(a.Sort, -a.Sort), max(b.Sort, -b.Sort)) })
	var keys []SortKey
	for _, p := range sorting {
		keys = append(keys, SortKey{Column: p.ID, Descending: p.Sort < 0})
	}
	return keys
}

// setSorts notes the order of the rows.
func (c *columns[R]) setSorts(keys []SortKey) {
	for i := range c.placed {
		c.placed[i].Sort = 0
	}
	for i, key := range keys {
		p := c.at(key.Column)
		if p == nil {
			continue
		}
		if p.Sort = i + 1; key.Descending {
			p.Sort = -p.Sort
		}
	}
}

// reset gives the columns back their declared order, widths and visibility.
func (c *columns[R]) reset() {
	c.placed = c.initial()
	fyne.CurrentApp().Preferences().RemoveValue(c.key)
}

// find is the declared column with this id, or -1.
func (c *columns[R]) find(id string) int {
	return slices.IndexFunc(c.declared, func(d Column[R]) bool { return d.ID == id })
}

// shown is the visible columns in order, with their places.
func (c *columns[R]) shown() []shownColumn[R] {
	var shown []shownColumn[R]
	spare := c.room
	for _, p := range c.placed {
		if p.Hidden || c.empty[p.ID] {
			continue
		}
		s := shownColumn[R]{Column: c.declared[c.find(p.ID)], width: p.Width * c.scale, frozen: len(shown) < c.frozen}
		if p.Width == 0 {
			s.width = max(s.Width*c.scale, c.needs[p.ID].least)
			s.reach = max(0, max(s.Most*c.scale, c.needs[p.ID].title)-s.width)
			if held, known := c.content[p.ID]; known {
				s.width, s.reach = c.held(s.Column, held)
			}
		}
		spare -= s.width
		shown = append(shown, s)
	}
	grow(shown, spare)
	var x float32
	for i := range shown {
		if i == c.frozen {
			x = 0
		}
		shown[i].x = x
		x += shown[i].width
	}
	return shown
}

// grow gives the columns the spare room: those that are to have it first, then those that miss little, and equal shares to those that miss
// the same.
func grow[R any](shown []shownColumn[R], spare float32) {
	var growing []*shownColumn[R]
	for i := range shown {
		if shown[i].reach > 0 {
			growing = append(growing, &shown[i])
		}
	}
	slices.SortStableFunc(growing, func(a, b *shownColumn[R]) int {
		switch {
		case a.Spare == b.Spare:
			return cmp.Compare(a.reach, b.reach)
		case a.Spare:
			return -1
		}
		return 1
	})
	for i, s := range growing {
		same := 1
		for _, next := range growing[i+1:] {
			if next.reach == s.reach && next.Spare == s.Spare {
				same++
			}
		}
		more := float32(math.Floor(float64(min(s.reach, max(0, spare)/float32(same)))))
		s.width += more
		spare -= more
	}
}

func (c *columns[R]) at(id string) *place {
	for i := range c.placed {
		if c.placed[i].ID == id {
			return &c.placed[i]
		}
	}
	return nil
}

// setWidth sets the width that a column has on screen. Those before it keep theirs, so that it stays under the pointer.
func (c *columns[R]) setWidth(id string, width float32) {
	for _, s := range c.shown() {
		if s.ID == id {
			break
		}
		c.at(s.ID).Width = s.width / c.scale
	}
	c.at(id).Width = max(leastWidth, width/c.scale)
}

// setHidden hides or shows a column. The last visible one stays.
func (c *columns[R]) setHidden(id string, hidden bool) {
	if hidden && len(c.shown()) == 1 {
		return
	}
	c.at(id).Hidden = hidden
}

// move puts a column where another stands.
func (c *columns[R]) move(id, to string) {
	from := slices.IndexFunc(c.placed, func(p place) bool { return p.ID == id })
	at := slices.IndexFunc(c.placed, func(p place) bool { return p.ID == to })
	if from < 0 || at < 0 {
		return
	}
	p := c.placed[from]
	c.placed = slices.Insert(slices.Delete(c.placed, from, from+1), at, p)
}
