package grid

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/ui/control"
	"consign/ui/task"
)

const (
	searchDelay = 200 * time.Millisecond // after the last key before a search is asked
	quietFor    = task.BusyAfter         // before waiting is shown
)

// View is a table with what belongs around it: a search box, filters, a status line, and what shows instead of rows when there are none.
// Ask and listen through Table.
type View[R any] struct {
	widget.BaseWidget

	// Table is the rows.
	Table *Table[R]
	// Nothing shows while there are no rows at all, whatever is asked. Set it before the view is shown.
	Nothing State
	// OnSearch hears that the search box gains the focus, so that its source can get ready. Nil does nothing.
	OnSearch func()
	// OnEnter hears Enter in the search box once its answer has come; by then the rows are those that were searched. Nil does nothing.
	OnEnter func()
	// ErrorText says an error in words for people; nil shows the error itself.
	ErrorText func(error) string

	search  *searchBox
	filters []*filterChoice
	clear   *control.Button
	status  *control.Name
	notice  *notice
	setUp   *State
	waited  bool // for an answer, longer than is quiet
	entered bool // OnEnter waits for the answer
	lent    bool // the rows gave the focus to the notice
	// toSelect are rows that are selected once the answer is there.
	toSelect []int64
	debounce,
	quiet *time.Timer
	content *fyne.Container
}

// NewView makes a view over a source; see NewTable. The filters stand beside the search box in their order.
func NewView[R any](id string, source Source[R], columns []Column[R], filters ...Filter) *View[R] {
	v := &View[R]{Table: NewTable(id, source, columns), status: control.NewName("", 0), notice: newNotice()}
	v.status.SizeName = theme.SizeNameCaptionText
	v.search = newSearchBox(v.typed, v.enter, v.focusRows)
	v.search.gained = func() {
		if v.OnSearch != nil {
			v.OnSearch()
		}
	}
	v.clear = control.NewButtonWithIcon(lang.L("Clear"), theme.CancelIcon(), func() {
		v.clearAll()
		v.focusRows() // the button is off now
	})
	v.clear.Importance = widget.LowImportance
	lines := &toolLines{again: func() { v.content.Refresh() }}
	tools := container.New(lines, v.search)
	if len(filters) > 0 {
		tools.Add(v.clear)
	}
	v.content = container.New(&viewLines{lines}, container.NewHScroll(tools), container.NewStack(v.Table, v.notice), control.Flush(v.status))
	for _, f := range filters {
		choice := newFilterChoice(f, v.Table.work, v.Table.post, func(value string) { v.setFilter(f.ID, value) }, tools.Refresh)
		v.filters = append(v.filters, choice)
		tools.Add(choice)
	}
	v.Table.around = v
	v.ExtendBaseWidget(v)
	v.answered()
	return v
}

// CreateRenderer implements fyne.Widget.
func (v *View[R]) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(v.content) }

// FocusSearch puts the keyboard into the search box and selects what stands there.
func (v *View[R]) FocusSearch() {
	v.search.focus()
	v.search.TypedShortcut(&fyne.ShortcutSelectAll{})
}

// SearchBox is what takes the keyboard to search: for who shows the view and cannot wait until it is on a canvas.
func (v *View[R]) SearchBox() fyne.Focusable { return v.search }

// First is where the keyboard begins: at the rows, or at the button of what stands in their place.
func (v *View[R]) First() fyne.Focusable {
	switch {
	case !v.Table.Disabled():
		return v.Table
	case v.notice.button.Visible():
		return v.notice.button
	}
	return v.search
}

// SetPlaceHolder says in the empty search box what can be searched.
func (v *View[R]) SetPlaceHolder(text string) { v.search.SetPlaceHolder(text) }

// SetUp shows a state instead of rows until it is called with nil: for a page on which nothing is possible yet.
func (v *View[R]) SetUp(s *State) {
	v.setUp = s
	v.answered()
}

// clearAll takes search and filters away.
func (v *View[R]) clearAll() {
	v.stopWaiting()
	q := v.Table.Question()
	q.Search, q.Filters = "", nil
	v.Table.SetQuestion(q)
}

// SelectAcross clears search and filters and, once all rows are there, selects those with the ids.
func (v *View[R]) SelectAcross(ids ...int64) {
	q := v.Table.Question()
	v.toSelect = ids
	if q.Search == "" && len(q.Filters) == 0 && !v.Table.Busy() {
		v.selectNow()
		return
	}
	v.clearAll()
}

func (v *View[R]) selectNow() {
	ids := v.toSelect
	v.toSelect = nil
	v.Table.Select(ids...)
}

func (v *View[R]) focusRows() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(v.Table); c != nil {
		c.Focus(v.Table)
	}
}

func (v *View[R]) setFilter(id, value string) {
	q := v.Table.Question()
	q.Filters[id] = value
	v.Table.SetQuestion(q)
}

// typed asks what is typed once it rests.
func (v *View[R]) typed() {
	v.stopWaiting()
	if task.Inline {
		v.askSearch()
		return
	}
	v.debounce = time.AfterFunc(searchDelay, func() { v.Table.post(v.askSearch) })
}

// stopWaiting forgets what is typed and not yet asked.
func (v *View[R]) stopWaiting() {
	if v.debounce != nil {
		v.debounce.Stop()
		v.debounce = nil
	}
}

// enter asks what is typed now, and tells of it if that is anything.
func (v *View[R]) enter() {
	v.entered = v.OnEnter != nil && v.search.text() != ""
	v.askSearch()
	v.tellEntered()
}

// tellEntered tells of Enter once there is an answer.
func (v *View[R]) tellEntered() {
	if v.entered && !v.Table.Busy() {
		v.entered = false
		v.OnEnter()
	}
}

func (v *View[R]) askSearch() {
	v.stopWaiting()
	q := v.Table.Question()
	if text := v.search.text(); text != q.Search {
		q.Search = text
		v.Table.SetQuestion(q)
	}
}

// answered brings everything around the rows in line with the table.
func (v *View[R]) answered() {
	t := v.Table
	if !t.Busy() {
		v.waited = false
		defer v.tellEntered()
		if v.quiet != nil {
			v.quiet.Stop()
			v.quiet = nil
		}
	} else if v.quiet == nil && !task.Inline {
		v.quiet = time.AfterFunc(quietFor, func() {
			t.post(func() {
				v.waited = t.Busy()
				v.say()
			})
		})
	}
	if v.debounce == nil {
		v.search.show(t.question.Search)
	}
	for _, f := range v.filters {
		f.show(t.question.Filters[f.filter.ID])
	}
	if t.question.narrowed() {
		v.clear.Enable()
	} else {
		v.clear.Disable()
	}
	v.say()
	if v.toSelect != nil && !v.Table.Busy() {
		v.selectNow()
	}
}

// say shows the status line, and what stands instead of rows.
func (v *View[R]) say() {
	if text := v.statusText(); text != v.status.Text {
		v.status.SetText(text)
	}
	v.showState()
}

// showState shows what stands instead of rows, if anything. Its button takes the focus from the rows, so that no key acts on what cannot be
// seen, and gives it back; without a button the search has it once all is read.
func (v *View[R]) showState() {
	c := fyne.CurrentApp().Driver().CanvasForObject(v)
	var focused fyne.Focusable
	if c != nil {
		focused = c.Focused()
	}
	state := v.state()
	v.notice.show(state)
	v.Table.covered = state != nil
	switch {
	case state != nil && c != nil && (focused == v.Table || v.lent && focused == nil):
		v.lent = true
		switch {
		case state.Button != "":
			c.Focus(v.notice.button)
		case v.Table.Busy() || v.setUp != nil:
			c.Unfocus()
		default:
			c.Focus(v.search)
		}
	case state == nil && c != nil && (focused == v.notice.button ||
		v.lent && (focused == nil || focused == v.search && v.search.text() == "")):
		c.Focus(v.Table)
	}
	if state == nil {
		v.lent = false
	}
}

func (v *View[R]) selectionChanged() { v.say() }

func (v *View[R]) statusText() string {
	t := v.Table
	text := ""
	switch total, known := t.Total(); {
	case t.answer == nil || t.Err() != nil:
		return ""
	case known:
		text = lang.L("{{.Shown}} of {{.Total}} shown", map[string]any{"Shown": control.Number(t.Len()), "Total": control.Number(total)})
	default:
		text = lang.L("{{.Shown}} shown", map[string]any{"Shown": control.Number(t.Len())})
	}
	if n := t.Selected(); n > 0 {
		text += " · " + lang.L("{{.Selected}} selected", map[string]any{"Selected": control.Number(n)})
	}
	if v.waited && t.answer != nil && t.known() == t.Len() {
		doing := lang.L("Searching…")
		if t.sameAsAsked(t.question) { // the same is read again
			doing = lang.L("Reading…")
		}
		text += " · " + doing
	}
	return text
}

// state is what shows instead of rows, or nil.
func (v *View[R]) state() *State {
	t := v.Table
	total, known := t.Total()
	switch {
	case v.setUp != nil:
		return v.setUp
	case t.Err() != nil:
		text := t.Err().Error()
		if v.ErrorText != nil {
			text = v.ErrorText(t.Err())
		}
		return &State{Title: lang.L("This could not be read"), Text: text, Button: lang.L("Try again"), OnButton: t.Reload}
	case t.answer == nil:
		if v.waited {
			return &State{Title: lang.L("Reading…")}
		}
		return nil
	case t.Len() > 0 || t.Busy():
		return nil
	case t.asked.narrowed() && (!known || total > 0):
		return &State{Title: lang.L("Nothing matches"), Text: v.narrowedBy(), Button: lang.L("Clear search and filters"), OnButton: v.clearAll}
	case v.Nothing.Title != "":
		return &v.Nothing
	}
	return &State{Title: lang.L("Nothing here yet")}
}

// narrowedBy says what leaves rows out.
func (v *View[R]) narrowedBy() string {
	text := ""
	if q := v.Table.asked; q.Search != "" {
		text = lang.L("“{{.Search}}”", map[string]any{"Search": q.Search})
	}
	for _, f := range v.filters {
		if value := v.Table.asked.Filters[f.filter.ID]; value != "" {
			if text != "" {
				text += " · "
			}
			text += f.filter.Title + ": " + f.says(value)
		}
	}
	return text
}

func (v *View[R]) copied(n, of int, done bool) {
	if done {
		v.say()
		return
	}
	v.status.SetText(lang.L("Copying {{.Copied}} of {{.Selected}} rows, Esc stops it",
		map[string]any{"Copied": control.Number(n), "Selected": control.Number(of)}))
}
