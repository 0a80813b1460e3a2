package page

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"consign/data"
	"consign/data/sheet"
	"consign/model"
	"consign/ui/control"
	"consign/ui/grid"
)

// List describes a page that is a table over rows of type R. Both portals' lists are such descriptions.
type List[R any] struct {
	// Name keeps the table's layout and names its files.
	Name string
	// Title heads the page.
	Title string
	// Shows is what the rows are made of (see Page).
	Shows data.Change
	// Columns are all columns; files carry every one of them, shown or not.
	Columns []Column[R]
	// Frozen columns stay while the others scroll.
	Frozen  int
	Filters []grid.Filter
	// Sort is the order until the user chooses another.
	Sort []grid.SortKey
	// SearchHint says what the search looks through.
	SearchHint string
	// OnSearch hears that a search may follow. It may be nil.
	OnSearch func()
	// Source answers what the table asks.
	Source grid.Source[R]
	// Each calls f for every selected row in the order of its question; nil fetches them from Source, which costs more for very many.
	Each func(ctx context.Context, s grid.Selection, f func(R) error) error
	// Row reads one row again by its id, when something is to be done with it.
	Row func(context.Context, int64) (R, error)
	// Nothing is what shows while there is no row at all.
	Nothing grid.State
	// Open opens a row.
	Open func(R)
	// For is what a new upload is for while only this row is selected. It may be nil.
	For func(R) Purpose
	// Actions are what can be done with selected rows.
	Actions []Action[R]
	// Download is the name of the button that saves the shown rows as CSV at once; empty for none.
	Download string
	// ByList looks up a list and may have rows selected by their ids; nil where rows are not found by list.
	ByList func(selectRows func(ids []int64))
	// Buttons stand at the heading before the actions that are buttons, the main one last.
	Buttons []fyne.CanvasObject
}

// Column is a column on screen and in files.
type Column[R any] struct {
	grid.Column[R]
	// FileTitle heads the column in files, if it differs from Title.
	FileTitle string
	// Kind is what files carry.
	Kind sheet.Kind
	// Cell is what files carry of a row, as Kind wants it; nil is what the screen shows.
	Cell func(R) string
}

// WordsColumn is a column of a few words in their colours, such as a STATUS.
func WordsColumn[R any, W fmt.Stringer](id, title string, words []W, badge func(R) (string, grid.Look)) Column[R] {
	return Column[R]{Column: grid.Column[R]{ID: id, Title: title, Words: WordsOf(words), Sortable: true, Badge: badge}}
}

// WordsOf is the words of the field in the user's language.
func WordsOf[W fmt.Stringer](words []W) []string {
	said := make([]string, len(words))
	for i, w := range words {
		said[i] = Word(w)
	}
	return said
}

// IdentifierLetters is by how many letters a column of identifiers is sized where it may hold other texts, too (see grid.Column): a SIM's
// number, which lists hold by mistake, has 20, and none has more.
const IdentifierLetters = 20

// NumberColumn is a column of whole numbers.
func NumberColumn[R any](id, title string, number func(R) int) Column[R] {
	return Column[R]{
		Column: grid.Column[R]{ID: id, Title: title, Words: []string{Number(1_000_000)}, Align: grid.Trailing, Sortable: true,
			Text:    func(r R) string { return Number(number(r)) },
			Compare: func(a, b R) int { return number(a) - number(b) }},
		Kind: sheet.Number,
		Cell: func(r R) string { return strconv.Itoa(number(r)) },
	}
}

// DateColumn is a column of days.
func DateColumn[R any](id, title string, at func(R) time.Time) Column[R] {
	return timeColumn(id, title, sheet.Date, Date, time.DateOnly, at)
}

// TimeColumn is a column of moments. A narrow one shows their days.
func TimeColumn[R any](id, title string, at func(R) time.Time) Column[R] {
	c := timeColumn(id, title, sheet.DateTime, DateTime, time.DateTime, at)
	c.Short, c.Most = func(r R) string { return Date(at(r)) }, 142
	return c
}

func timeColumn[R any](id, title string, kind sheet.Kind, shown func(time.Time) string, layout string, at func(R) time.Time) Column[R] {
	return Column[R]{
		Column: grid.Column[R]{ID: id, Title: title, Words: dayWords(), Sortable: true,
			Text:    func(r R) string { return shown(at(r)) },
			Compare: func(a, b R) int { return at(a).Compare(at(b)) }},
		Kind: kind,
		Cell: func(r R) string {
			if at(r).IsZero() {
				return ""
			}
			return at(r).Local().Format(layout)
		},
	}
}

// dayWords is a long day of every month.
func dayWords() []string {
	var words []string
	for month := time.January; month <= time.December; month++ {
		words = append(words, Date(time.Date(2000, month, 28, 12, 0, 0, 0, time.Local)))
	}
	return words
}

// Action is something that can be done with selected rows: in the row's menu, under ACTIONS, and if wanted as a button.
type Action[R any] struct {
	// Title says what is done to so many rows.
	Title func(count int) string
	// One is for a single row.
	One bool
	// Needs is the act that it leads to: where the person's role does not allow that, the action is off and says why. "" is for everybody.
	Needs model.Event
	// Can is nil if a row allows the action, else the reason, which stands beside the action while only this row is selected. It may
	// be nil.
	Can func(R) error
	// Button puts the action at the heading, too.
	Button bool
	// OnDelete makes it what the Delete key does.
	OnDelete bool
	// Do does it.
	Do func(Selected[R])

	never error // why the person's role does not allow it
}

// Selected is what an action is done with.
type Selected[R any] struct {
	grid.Selection
	// Row is the only row of an action for a single one.
	Row    R
	source grid.Source[R]
}

// List is the selected ids, for acts that take ids. It may take long and belongs off Fyne's goroutine.
func (s Selected[R]) List(ctx context.Context) ([]int64, error) {
	if !s.All {
		return slices.Collect(maps.Keys(s.IDs)), nil
	}
	answer, err := s.source.Ask(ctx, s.Question)
	if err != nil {
		return nil, err
	}
	var ids []int64
	for i := range answer.Len() {
		if id := answer.ID(i); s.Has(id) {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// Listing is a list page in use.
type Listing[R any] struct {
	List[R]
	// View is the table with its search, filters and states.
	View    *grid.View[R]
	desk    Desk
	buttons []*control.Button // that need a selection
	single  []button[R]       // those of them whose action a row can refuse
	why     *control.Name     // says why it does
	turn    int               // counts selections, so that a late answer is dropped
	settled []func()          // what waits until the rows are there
}

// NewListing makes a list page of its description, narrowed as place says.
func NewListing[R any](d Desk, l List[R], at Place) *Listing[R] {
	l.Actions = allowed(d, l.Actions)
	columns := make([]grid.Column[R], len(l.Columns))
	for i, c := range l.Columns {
		columns[i] = c.Column
	}
	p := &Listing[R]{List: l, desk: d, View: grid.NewView(l.Name, l.Source, columns, l.Filters...), why: newReason()}
	p.View.ErrorText, p.View.Nothing, p.View.OnSearch = ErrorText, l.Nothing, l.OnSearch
	p.View.Table.Keeps = func(err error) bool { return model.CodeOf(err) == model.Away } // the desk says so
	if l.SearchHint != "" {
		p.View.SetPlaceHolder(l.SearchHint)
	}
	t := p.View.Table
	t.SetFrozen(l.Frozen)
	t.SizeByContent()
	t.HideEmpty()
	t.OnOpen = l.Open
	t.Actions = p.menu
	t.OnSelectionChanged = p.arm
	t.OnAnswer = func() { // an act changes what the selected row allows
		if !t.Busy() {
			p.arm()
			waiting := p.settled
			p.settled = nil
			for _, then := range waiting {
				then()
			}
		}
	}
	if i := slices.IndexFunc(l.Actions, func(a Action[R]) bool { return a.OnDelete }); i >= 0 {
		t.OnDelete = func(s grid.Selection) { p.do(l.Actions[i], s) }
	}
	t.SetOrder(l.Sort...)
	if at.Search != "" || len(at.Filters) > 0 {
		t.SetQuestion(grid.Question{Search: at.Search, Filters: at.Filters, Sort: t.Question().Sort})
	}
	return p
}

// NewListPage is the page of a list.
func NewListPage[R any](d Desk, l List[R], at Place) *Page { return NewListing(d, l, at).Page() }

// Page is the listing as a page of the desk.
func (p *Listing[R]) Page() *Page {
	all := &Page{
		For:   p.purpose,
		Title: p.Title, Content: container.New(besideStatus{}, p.View, p.why), Actions: p.heading(), Shows: p.Shows,
		First: p.View.First, Reload: p.View.Table.Reload, Settled: p.whenSettled, Search: p.View.FocusSearch, Export: p.export,
	}
	if p.ByList != nil {
		all.ByList = p.byList
	}
	return all
}

// whenSettled calls then once the rows are read.
func (p *Listing[R]) whenSettled(then func()) {
	if !p.View.Table.Busy() {
		then()
		return
	}
	p.settled = append(p.settled, then)
}

// byList looks a list up; rows that shall be selected are, whatever the page was narrowed to.
func (p *Listing[R]) byList() {
	p.ByList(func(ids []int64) {
		p.View.SelectAcross(ids...)
		p.desk.Window().Canvas().Focus(p.View.First())
	})
}

// purpose is what a new upload is for while only one row is selected.
func (p *Listing[R]) purpose() Purpose {
	row, ok := p.View.Table.Current()
	if p.For == nil || !ok || p.View.Table.Selected() != 1 {
		return Purpose{}
	}
	return p.For(row)
}

func (p *Listing[R]) heading() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{control.NewButton(lang.L("Export…"), p.export)}
	if p.Download != "" { // in the place of Export…, which is in the menus: a heading has no room for both
		objects[0] = control.NewButton(p.Download, func() {
			p.saveAsync(p.shown(), sheet.CSV)
		})
	}
	if len(p.Actions) > 0 {
		b := newMenuButton()
		b.OnTapped = func() { control.ShowMenuBelow(b, p.menu(p.View.Table.Selection())) }
		p.buttons = append(p.buttons, b)
		objects = append(objects, b)
	}
	if p.ByList != nil {
		objects = append(objects, control.NewButton(lang.L("By list…"), p.byList))
	}
	objects = append(objects, p.Buttons...)
	var main []fyne.CanvasObject
	for _, a := range p.Actions {
		if a.Button {
			b := control.NewButton(a.Title(0), func() { p.do(a, p.View.Table.Selection()) })
			b.Importance = widget.HighImportance
			p.buttons = append(p.buttons, b)
			if a.Can != nil || a.never != nil {
				p.single = append(p.single, button[R]{b, a})
			}
			main = append(main, b)
		}
	}
	p.arm()
	return append(objects, main...)
}

// arm turns the buttons that need a selection on and off, and says why if a rule forbids one for the only selected row.
func (p *Listing[R]) arm() {
	p.turn++
	turn := p.turn
	p.why.SetText("")
	for _, b := range p.buttons {
		if p.View.Table.Selected() > 0 {
			b.Refuse("")
		} else {
			p.turnOff(b, lang.L("Select something in the list first."))
		}
	}
	var never []string
	for _, b := range p.single {
		if b.action.never != nil {
			p.turnOff(b.Button, ErrorText(b.action.never))
			never = append(never, b.Text+": "+ErrorText(b.action.never))
		}
	}
	if p.View.Table.Selected() > 0 {
		p.why.SetText(strings.Join(never, " "))
	}
	id, one := p.View.Table.Selection().One()
	if !one || len(p.single) == 0 {
		return
	}
	var reasons []string
	Read(p.desk, func(ctx context.Context) ([]error, error) {
		row, err := p.Row(ctx, id)
		if err != nil {
			return nil, nil // it goes with the next answer
		}
		refusals := make([]error, len(p.single))
		for i, b := range p.single {
			refusals[i] = b.action.can(row)
		}
		return refusals, nil
	}, func(refusals []error) {
		if turn != p.turn {
			return
		}
		for i, err := range refusals {
			if err != nil {
				p.turnOff(p.single[i].Button, ErrorText(err))
				reasons = append(reasons, p.single[i].Text+": "+ErrorText(err))
			}
		}
		p.why.SetText(strings.Join(reasons, " "))
	})
}

// turnOff turns a button off, which says why. If it had the keyboard, the rows have it now.
func (p *Listing[R]) turnOff(b *control.Button, why string) {
	b.Refuse(why)
	if c := p.desk.Window().Canvas(); c.Focused() == b {
		c.Focus(p.View.First())
	}
}

// menuPatience is how long a menu waits for the row that it is about: it cannot open later. Without the row every action is offered,
// and one that is refused says why when it is chosen.
const menuPatience = 100 * time.Millisecond

// menu is the actions for a selection.
func (p *Listing[R]) menu(s grid.Selection) []*fyne.MenuItem {
	var items []*fyne.MenuItem
	if id, one := s.One(); one && p.Open != nil {
		items = append(items, fyne.NewMenuItem(lang.L("Open"), func() { p.withRow(id, p.Open) }))
	}
	items = append(items, menuItems(p.Actions, s.Count(), p.refusals(s), func(a Action[R]) { p.do(a, s) })...)
	return append(items, fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(lang.L("Select all"), p.View.Table.SelectAll),
		fyne.NewMenuItem(lang.L("Copy"), func() { p.View.Table.CopyAsync(true) }),
		fyne.NewMenuItem(lang.L("Export…"), p.export))
}

// refusals tells which actions the only selected row forbids.
func (p *Listing[R]) refusals(s grid.Selection) func(Action[R]) error {
	allowed := func(a Action[R]) error { return a.never }
	id, one := s.One()
	if !one || !slices.ContainsFunc(p.Actions, func(a Action[R]) bool { return a.Can != nil }) {
		return allowed
	}
	ctx, cancel := context.WithTimeout(context.Background(), menuPatience)
	defer cancel()
	row, err := p.Row(ctx, id)
	if err != nil {
		return allowed
	}
	return func(a Action[R]) error { return a.can(row) }
}

// do starts an action on what is selected.
func (p *Listing[R]) do(a Action[R], s grid.Selection) {
	selected := Selected[R]{Selection: s, source: p.Source}
	if a.never != nil {
		p.desk.Fail(a.never)
		return
	}
	if !a.One {
		if s.Count() > 0 {
			a.Do(selected)
		}
		return
	}
	p.onlyAsync(s, func(id int64) {
		p.withRow(id, func(row R) { a.doTo(p.desk, row, selected) })
	})
}

// doTo does the action to one row, or says why it cannot be done.
func (a Action[R]) doTo(d Desk, row R, s Selected[R]) {
	if err := a.can(row); err != nil {
		d.Fail(err)
		return
	}
	s.Row = row
	a.Do(s)
}

// onlyAsync finds the one selected row, however it was selected.
func (p *Listing[R]) onlyAsync(s grid.Selection, then func(id int64)) {
	if id, one := s.One(); one {
		then(id)
		return
	}
	if s.Count() != 1 {
		return
	}
	Read(p.desk, Selected[R]{Selection: s, source: p.Source}.List, func(ids []int64) {
		if len(ids) == 1 {
			then(ids[0])
		}
	})
}

func (p *Listing[R]) withRow(id int64, then func(R)) {
	Read(p.desk, func(ctx context.Context) (R, error) { return p.Row(ctx, id) }, then)
}

// RowByID makes the Row of a list from a read of rows by ids.
func RowByID[R any](rows func(context.Context, []int64) ([]R, error)) func(context.Context, int64) (R, error) {
	return func(ctx context.Context, id int64) (row R, err error) {
		found, err := rows(ctx, []int64{id})
		if err == nil && len(found) == 0 {
			err = model.Fail(model.NotFound, "It is not in the register any more.")
		}
		if err != nil {
			return row, err
		}
		return found[0], nil
	}
}
