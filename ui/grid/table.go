package grid

import (
	"context"
	"maps"
	"slices"
	"time"

	"consign/ui/task"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Table shows the rows of a source's answer, with header, scroll bars, selection and keys. The callbacks may be set at any time before
// they are needed; they are called on Fyne's goroutine, on which all methods must be called too.
type Table[R any] struct {
	widget.BaseWidget

	// OnOpen opens a row: Enter, a double click, or a click on a link.
	OnOpen func(R)
	// OnDelete answers the Delete key when something is selected.
	OnDelete func(Selection)
	// Actions gives the menu of the selected rows.
	Actions func(Selection) []*fyne.MenuItem
	// OnSelectionChanged tells that other rows are selected. Selected is cheap to ask then, Selection is not.
	OnSelectionChanged func()
	// Keeps reports that rows on screen stay although an error came instead of further ones. It may be nil.
	Keeps func(error) bool
	// OnAnswer tells that rows, totals or an error arrived, or that a question was asked; see Err, Busy, Len and Total.
	OnAnswer func()
	// OnRune takes what is typed, instead of seeking a row by it.
	OnRune func(rune)
	// Edit lets cells be corrected in place; nil for rows that are only read. Set it before the table is shown.
	Edit *Editing[R]
	// OnCopy tells how many rows of how many are copied so far; done is true at the end, also of a cancelled copy.
	OnCopy func(copied, of int, done bool)

	source  Source[R]
	columns columns[R]
	shown   []shownColumn[R] // columns.shown(), kept
	order   []SortKey        // until the user chooses another

	question Question
	asked    Question    // what answer answers
	answer   Answer[R]   // of all rows, or of the first ones while the rest is on its way
	memory   InMemory[R] // answer, if its rows are at hand
	later    []func()    // what the user does meanwhile and what needs the rest
	err      error
	total    int // -1 until known
	version  int // of the question
	measured int // the version by whose rows the columns were sized
	counts   int // how often the total was asked
	cancel   context.CancelFunc
	busy     bool

	cache      cache[R]
	fetching   int // the chunk on its way, or -1
	stopFetch  context.CancelFunc
	down       bool // the direction of the last scroll
	stopCopy   context.CancelFunc
	stopSeek   context.CancelFunc
	work, post func(func())
	now        func() time.Time

	hidesEmpty bool // columns that hold nothing take no room

	view   viewport
	left   float32 // how far the scrolled columns are moved
	picks  picks
	cursor int    // the row that keys act on, or -1
	cell   string // the column that was gone to for editing, empty for none
	anchor int    // the other end of a Shift selection, or -1
	hover  int    // the row under the pointer, or -1

	tipped   cut  // the cut text that a tip says
	covered  bool // something stands in the place of the rows
	touch    bool // there are fingers and no mouse
	focused  bool
	shift    bool // held, for keys
	lastDown click
	opening  int // the row that opens when the button is let go, or -1
	overLink bool
	typed    typed

	around surroundings // the view, if the table stands in one
	parts  *parts[R]
}

// surroundings is told what the callbacks are told, before them, so that these are free for the page.
type surroundings interface {
	answered()
	selectionChanged()
	copied(n, of int, done bool)
}

var (
	_ fyne.Focusable         = (*Table[int])(nil)
	_ fyne.Shortcutable      = (*Table[int])(nil)
	_ fyne.Scrollable        = (*Table[int])(nil)
	_ fyne.SecondaryTappable = (*Table[int])(nil)
	_ desktop.Keyable        = (*Table[int])(nil)
	_ fyne.Disableable       = (*Table[int])(nil)
	_ desktop.Mouseable      = (*Table[int])(nil)
	_ desktop.Hoverable      = (*Table[int])(nil)
	_ desktop.Cursorable     = (*Table[int])(nil)
)

// NewTable makes a table over a source and asks its first question once it has a size. The id names the kept layout of its columns; the
// column ids must differ from each other.
func NewTable[R any](id string, source Source[R], columns []Column[R]) *Table[R] {
	t := &Table[R]{
		source: source, columns: newColumns(id, columns), total: -1, fetching: -1, cursor: -1, anchor: -1, hover: -1, opening: -1, down: true,
		question: Question{}.clone(), work: func(f func()) { go f() }, post: fyne.Do, now: time.Now, touch: fyne.CurrentDevice().IsMobile(),
	}
	t.question.Sort = t.columns.sorts()
	if task.Inline {
		t.work = func(f func()) { f() }
		t.post = t.work
	}
	t.shown = t.columns.shown()
	t.ExtendBaseWidget(t)
	return t
}

// SetFrozen keeps the first n shown columns in place while the others scroll.
func (t *Table[R]) SetFrozen(n int) {
	t.columns.frozen = n
	t.relayout()
}

// Columns is the shown columns in their order.
func (t *Table[R]) Columns() []Column[R] {
	columns := make([]Column[R], len(t.shown))
	for i, c := range t.shown {
		columns[i] = c.Column
	}
	return columns
}

// SetOrder orders the rows until the user chooses another order, which is kept with the layout. Call it before the table is shown.
func (t *Table[R]) SetOrder(keys ...SortKey) {
	t.order = keys
	if len(t.question.Sort) == 0 {
		t.question.Sort = slices.Clone(keys)
	}
}

// SetEmpty hides columns while they hold nothing, whatever the user chose, and shows the others again.
func (t *Table[R]) SetEmpty(empty map[string]bool) {
	if !maps.Equal(t.columns.empty, empty) {
		t.columns.empty = empty
		t.relayout()
		t.rebind(0, t.view.rows)
	}
}

// SizeByContent makes columns as wide as what the rows on screen need, or all rows of a table that has them at hand, beginning anew. Call
// it before the table is shown, and when its columns are to hold something else.
func (t *Table[R]) SizeByContent() { t.columns.content = map[string]float32{} }

// HideEmpty hides the columns in which no row of the table holds anything, as soon as every row is at hand and none is left out by a search
// or a filter: while somebody narrows the rows no column comes or goes. Longer tables keep theirs, of which what is not at hand may hold
// something. Call it before the table is shown.
func (t *Table[R]) HideEmpty() { t.hidesEmpty = true }

// resetColumns gives the columns back their declared order, widths and visibility, and the rows their first order.
func (t *Table[R]) resetColumns() {
	t.columns.reset()
	t.relayout()
	if q := t.Question(); !slices.Equal(q.Sort, t.order) {
		q.Sort = t.order
		t.SetQuestion(q)
	}
}

// Len is the number of rows of the last answer.
func (t *Table[R]) Len() int { return t.view.rows }

// Total is the number of rows without search and filters, if it is known yet.
func (t *Table[R]) Total() (n int, known bool) { return t.total, t.total >= 0 }

// Err is why the last question has no answer.
func (t *Table[R]) Err() error { return t.err }

// Busy tells whether a question is still without an answer.
func (t *Table[R]) Busy() bool { return t.busy }

// Current is the row that the keys act on, if there is one and it has been fetched.
func (t *Table[R]) Current() (row R, ok bool) {
	if t.cursor < 0 {
		return row, false
	}
	row, state := t.row(t.cursor)
	return row, state == ready
}

// GoTo makes row i (from 0) the current one, selects it and brings it on screen. Rows out of range are brought into it.
func (t *Table[R]) GoTo(i int) {
	if t.Len() == 0 {
		return
	}
	i = max(0, min(i, t.Len()-1))
	if first, end := t.view.span(); i < first || i >= end {
		t.view.setTop(float64(i) - float64(t.view.page()/2))
	}
	t.moveTo(i, selectOne)
}

// positionOf is the middle of row i relative to the table, if it is on screen.
func (t *Table[R]) positionOf(i int) (fyne.Position, bool) {
	if first, end := t.view.span(); i < first || i >= end || t.parts == nil {
		return fyne.Position{}, false
	}
	return fyne.NewPos(t.bodyWidth()/2, t.headerHeight()+t.view.y(i)+t.view.rowH/2), true
}

type rowState int

const (
	waiting rowState = iota // not fetched yet
	ready
	gone // fetched, but no longer there
)

// row is the row at position i as far as it is at hand.
func (t *Table[R]) row(i int) (row R, state rowState) {
	if i >= t.known() {
		return row, waiting
	}
	if t.memory != nil {
		return t.memory.Row(i), ready
	}
	if row, ok := t.cache.row(i); ok {
		return row, ready
	}
	if t.cache.chunks[i/chunkRows] != nil {
		return row, gone
	}
	return row, waiting
}

// fetch brings the rows on screen and the next ones into the cache, one chunk at a time, so that what is fetched is always what is
// needed now, however fast somebody scrolls.
func (t *Table[R]) fetch() {
	if t.answer == nil || t.memory != nil || t.view.height <= 0 {
		return
	}
	first, end := t.view.span()
	end = min(end, t.known())
	if t.fetching >= 0 {
		if from := t.fetching * chunkRows; from >= end+chunkRows || from+chunkRows <= first-chunkRows {
			t.stopFetch()
		}
		return
	}
	answer, n := t.answer, t.cache.missing(first, end, t.answer.Len(), t.down)
	if n < 0 {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	t.fetching, t.stopFetch = n, cancel
	t.work(func() {
		held, err := readChunk(ctx, answer, n)
		t.post(func() {
			stopped := ctx.Err() != nil
			cancel()
			if t.answer != answer {
				return
			}
			t.fetching = -1
			if err == nil {
				t.cache.put(n, held)
				t.measureFirst()
				t.rebind(n*chunkRows, (n+1)*chunkRows)
			} else if !stopped {
				t.fail(err)
				return
			}
			t.fetch()
		})
	})
}

// measureFirst sizes the columns by the first rows of an answer that come on screen.
func (t *Table[R]) measureFirst() {
	if t.measured == t.version {
		return
	}
	t.measured = t.version
	t.fitColumns()
}

func readChunk[R any](ctx context.Context, answer Answer[R], n int) (*chunk[R], error) {
	held := &chunk[R]{}
	positions := make([]int, 0, chunkRows)
	for i := n * chunkRows; i < min((n+1)*chunkRows, answer.Len()); i++ {
		positions = append(positions, i)
	}
	err := answer.Fetch(ctx, positions, func(i int, row R) {
		held.rows[i%chunkRows], held.has[i%chunkRows] = row, true
	})
	return held, err
}
