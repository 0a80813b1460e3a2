// Package desk is the desk over an open register: its tabs, the places in them and their history, commands, shortcuts and help.
// Everything in it belongs to Fyne's goroutine unless it says otherwise.
package desk

import (
	"context"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"consign/data"
	"consign/model"
	"consign/ui/office"
	"consign/ui/page"
	"consign/ui/shell"
	"consign/ui/task"
)

// Desk is the desk over one open register. It is the page.Desk of its pages.
type Desk struct {
	program  *office.Program
	window   fyne.Window
	register *data.Register
	sample   bool       // the register is the sample
	damaged  bool       // and so it is said above the pages
	warned   bool       // of that, by a dialog that is open
	broken   bool       // its log is, and so it is said above the pages
	back     func()     // takes away the mark of a server that is away; nil while it is reached
	role     model.Role // for which the pages were made

	runner  *task.Runner
	reads   sync.WaitGroup
	context context.Context // done when the desk closes
	reading int             // reads that go on
	held    func()          // says what was done last, once no old rows are on screen; nil for nothing
	close   []func()

	ours    map[model.AccountKind][]model.Account
	acting  map[model.AccountKind]model.Account
	trails  map[page.Tab]*trail
	tab     page.Tab
	menuFor page.Tab // on which a new upload begins by the menu as it is now
	history history
	frame   *shell.Frame
}

var _ page.Desk = (*Desk)(nil)

// New lays a desk over a register that was opened, and shows it.
func New(p *office.Program, o *office.Opened) *Desk {
	ctx, cancel := context.WithCancel(context.Background())
	d := &Desk{
		program: p, window: p.Window, register: o.Register, sample: o.Sample, role: o.Register.Role(),
		runner: task.NewRunner(p.Window, false), context: ctx,
		acting: map[model.AccountKind]model.Account{},
		trails: map[page.Tab]*trail{},
	}
	for _, t := range tabs {
		d.trails[t.tab] = newTrail()
	}
	d.close = []func(){cancel, o.Register.OnChange(func(c data.Change) { p.Do(func() { d.changed(c) }) })}
	d.setOurs(o.Ours)
	d.frame = d.newFrame()
	d.notify()
	d.listen()
	d.listenToOthers()
	switch {
	case d.actsForNobody():
		d.showWelcome()
	case len(d.ours[model.Reseller]) == 0:
		d.start(page.MSPTab)
	default:
		d.start(page.ResellerTab)
	}
	if o.Tour {
		d.takeTour()
	}
	return d
}

// start lays out the desk with a tab to begin with.
func (d *Desk) start(first page.Tab) {
	d.layMenu()
	d.window.SetContent(d.frame.Root)
	d.showTab(first)
}

// End stops what the desk does and closes its register.
func (d *Desk) End() {
	for _, f := range d.close {
		f()
	}
	d.frame.Stop()
	d.runner.Stop()
	d.reads.Wait()
	if err := d.register.Close(); err != nil {
		d.program.LogError("closing the register", err)
	}
}

// closed reports whether the desk is no longer the window's.
func (d *Desk) closed() bool { return d.context.Err() != nil }

// Register is the open register.
func (d *Desk) Register() page.Drawers { return d.register }

// Window is the desk's window.
func (d *Desk) Window() fyne.Window { return d.window }

// Preferences are those of the user.
func (d *Desk) Preferences() fyne.Preferences { return d.program.App.Preferences() }

// Acting is the account of ours that the tab of this kind acts as.
func (d *Desk) Acting(kind model.AccountKind) model.Account { return d.acting[kind] }

// RunAsync runs long work (see page.Desk).
func (d *Desk) RunAsync(what string, work task.Work, then func()) {
	started := d.runner.RunAsync(what, work, func(err error) { d.finish(err, then) })
	if !started {
		d.Say(lang.L("Something else is still running. Wait for it or stop it first."))
	}
}

// ReadAsync runs a short read (see page.Desk).
func (d *Desk) ReadAsync(read func(context.Context) error, then func()) {
	if task.Inline {
		d.finish(read(d.context), then)
		return
	}
	d.reading++
	d.reads.Go(func() {
		err := read(d.context)
		fyne.Do(func() {
			d.reading--
			d.finish(err, then)
			d.tellHeld()
		})
	})
}

func (d *Desk) finish(err error, then func()) {
	switch {
	case d.closed():
	case err != nil:
		d.Fail(err)
	default:
		if then != nil {
			then()
		}
		d.retitle() // what was read may name the page
		d.frame.KeepFocus(d.reading == 0)
	}
}

// Report says what an act did, with a button that takes it back.
func (d *Desk) Report(done model.Done) {
	var undo func()
	if done.ActivityID != 0 && done.Event != model.Undone {
		undo = func() { d.undo(done.ActivityID) }
	}
	d.held = func() { d.frame.Say(page.Words(done.Text), lang.L("Undo"), undo) }
	d.tellHeld()
}

// tellHeld says what was done, as soon as the page on screen shows it.
func (d *Desk) tellHeld() {
	if d.held == nil || d.reading > 0 || d.closed() {
		return
	}
	say := func() {
		if tell := d.held; tell != nil && d.reading == 0 && !d.closed() { // else the last of the reads says it
			d.held = nil
			tell()
		}
	}
	if s := d.trails[d.tab].top(); s != nil && s.page.Settled != nil {
		s.page.Settled(say)
		return
	}
	say()
}

// Say shows a short message.
func (d *Desk) Say(text string) { d.frame.Say(text, "", nil) }

// Offer shows a short message with a button (see page.Desk).
func (d *Desk) Offer(text, button string, do func()) {
	d.held = nil // what was done is part of it: the files that an act notes are there
	d.frame.Say(text, button, do)
}

// Fail shows an error as a sentence (see page.Desk).
func (d *Desk) Fail(err error) {
	if err == nil || office.Cancelled(err) {
		return
	}
	d.program.LogError("a page reported", err)
	if d.unreached(err) {
		d.frame.Murmur(page.ErrorText(err))
		return
	}
	if damage := d.register.Damage(); damage != nil && page.ErrorText(err) == page.ErrorText(damage) {
		d.warnOfDamage()
		return
	}
	d.program.ShowError(err)
}

func (d *Desk) undo(activity int64) {
	page.Act(d, lang.L("Undoing…"), func(ctx context.Context, progress data.Progress) (model.Done, error) {
		return d.register.Activity().Undo(ctx, activity, progress)
	}, nil)
}

// changed makes the pages that show what an act touched read again: the one on screen now, the others when they are next seen.
func (d *Desk) changed(c data.Change) {
	if d.closed() {
		return
	}
	d.found(c)
	stays := d.stays(c)
	if d.tab == "" { // behind the doors nothing is shown yet
		return
	}
	if c.Touches(data.AccountsChanged) && !stays {
		d.readOurs()
	}
	if c.Touches(data.SettingsChanged) && !stays {
		d.roleChanged()
	}
	touch := func(s *shown) { s.stale = s.stale || c.Touches(s.page.Shows) }
	for _, t := range d.trails {
		t.each(touch)
	}
	for _, v := range d.history.visits {
		for _, s := range v.open {
			touch(s)
		}
	}
	if !stays {
		d.freshen()
	}
}

// freshen reads the page on screen again if it is stale.
func (d *Desk) freshen() {
	s := d.trails[d.tab].top()
	if s == nil || !s.stale {
		return
	}
	s.stale = false
	switch {
	case s.page.Outdated != nil:
		s.page.Outdated()
	case s.page.Reload != nil:
		s.page.Reload()
	}
}
