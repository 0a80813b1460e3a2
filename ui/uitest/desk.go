package uitest

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"consign/data"
	"consign/model"
	"consign/ui/control"
	"consign/ui/page"
	"consign/ui/task"
)

// Desk is a desk with nothing around its pages, that does all work at once and remembers what pages asked of it.
type Desk struct {
	Went   []page.Place // where pages went
	Done   []model.Done // what acts reported
	Said   []string
	Offers []Offer // messages with a button
	Failed []error

	// Hold keeps work back until Release, as work that takes long.
	Hold bool
	held []func()

	// End lets pages hear of no change any more, as when the program dies.
	End func()

	register *data.Register
	window   fyne.Window
	acting   map[model.AccountKind]model.Account
	shown    *page.Page
}

var _ page.Desk = (*Desk)(nil)

// Offer is a message with a button.
type Offer struct {
	Text, Button string
	Do           func()
}

// NewDesk makes a desk over a register in a window of this size, in an app of its own. It acts as these accounts. A page that is
// shown reads again after every act.
func NewDesk(t testing.TB, r *data.Register, size fyne.Size, acting ...model.Account) *Desk {
	test.NewTempApp(t)
	task.Inline = true
	d := &Desk{register: r, window: test.NewWindow(nil), acting: map[model.AccountKind]model.Account{}}
	d.window.Resize(size)
	control.Listen(d.window.Canvas(), func(*fyne.KeyEvent) {})
	for _, a := range acting {
		d.acting[a.Kind] = a
	}
	d.End = r.OnChange(func(c data.Change) {
		switch {
		case d.shown == nil || !c.Touches(d.shown.Shows):
		case d.shown.Outdated != nil:
			d.shown.Outdated()
		case d.shown.Reload != nil:
			d.shown.Reload()
		}
	})
	t.Cleanup(d.End)
	return d
}

// Show shows a page with its buttons above it.
func (d *Desk) Show(p *page.Page) {
	d.shown = p
	size := d.window.Canvas().Size()
	d.window.SetContent(control.WithTips(container.NewBorder(container.NewHBox(p.Actions...), nil, nil, nil, p.Content)))
	d.window.Resize(size)
	if p.Seen != nil {
		p.Seen()
	}
}

// Register implements page.Desk.
func (d *Desk) Register() page.Drawers { return d.register }

// Window implements page.Desk.
func (d *Desk) Window() fyne.Window { return d.window }

// Preferences implements page.Desk.
func (d *Desk) Preferences() fyne.Preferences { return fyne.CurrentApp().Preferences() }

// Acting implements page.Desk.
func (d *Desk) Acting(kind model.AccountKind) model.Account { return d.acting[kind] }

// Go implements page.Desk.
func (d *Desk) Go(p page.Place) { d.Went = append(d.Went, p) }

// Back implements page.Desk.
func (d *Desk) Back() {}

// RunAsync implements page.Desk, at once.
func (d *Desk) RunAsync(_ string, work task.Work, then func()) {
	d.do(func() { d.finish(work(context.Background(), func(int, int) {}), then) })
}

// ReadAsync implements page.Desk, at once.
func (d *Desk) ReadAsync(read func(context.Context) error, then func()) {
	d.do(func() { d.finish(read(context.Background()), then) })
}

func (d *Desk) do(work func()) {
	if d.Hold {
		d.held = append(d.held, work)
		return
	}
	work()
}

// Release does the oldest piece of work that was kept back, and reports whether there was one.
func (d *Desk) Release() bool {
	if len(d.held) == 0 {
		return false
	}
	work := d.held[0]
	d.held = d.held[1:]
	work()
	return true
}

// StaysClosed fails the test if what show opens, is cancelled with Esc after so many pieces of its work, and opens again when the others
// are done. It reports whether the work went further than that.
func (d *Desk) StaysClosed(t testing.TB, show func(), after int) (more bool) {
	t.Helper()
	d.Hold = true
	defer func() { d.Hold = false }()
	show()
	for range after {
		d.Release()
	}
	more = len(d.held) > 0
	Key(d.window, fyne.KeyEscape)
	for d.Release() {
	}
	if len(d.Failed) > 0 || d.window.Canvas().Overlays().Top() != nil {
		t.Fatalf("cancelled after %d pieces of work: %v, on screen: %q", after, d.Failed, Texts(d.window))
	}
	return more
}

func (d *Desk) finish(err error, then func()) {
	switch {
	case err != nil:
		d.Fail(err)
	case then != nil:
		then()
	}
}

// Report implements page.Desk.
func (d *Desk) Report(done model.Done) { d.Done = append(d.Done, done) }

// Say implements page.Desk.
func (d *Desk) Say(text string) { d.Said = append(d.Said, text) }

// Offer implements page.Desk.
func (d *Desk) Offer(text, button string, do func()) {
	d.Said = append(d.Said, text)
	d.Offers = append(d.Offers, Offer{text, button, do})
}

// Fail implements page.Desk.
func (d *Desk) Fail(err error) { d.Failed = append(d.Failed, err) }
