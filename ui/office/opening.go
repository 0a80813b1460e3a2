package office

import (
	"context"
	"errors"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"consign/data"
	"consign/data/disk"
	"consign/model"
	"consign/ui/page"
	"consign/ui/settings"
	"consign/ui/task"
)

// OpenAsync opens a register instead of the present one, and remembers it as the office's own. If it cannot be opened the
// present one stays.
func (p *Program) OpenAsync(path string) {
	p.open(path, data.Options{MustExist: true}, func() {
		p.Own = path
		settings.Of(p.App).SetRegister(path)
	})
}

// OpenOwnAsync goes back from the sample to the office's own register.
func (p *Program) OpenOwnAsync() { p.openAsync(p.Own, false) }

func (p *Program) openAsync(path string, mustExist bool) {
	p.open(path, data.Options{MustExist: mustExist}, func() {})
}

// OpenSampleAsync opens the sample register, and makes it first if there is none.
func (p *Program) OpenSampleAsync() {
	if p.desk != nil && p.sample {
		return
	}
	p.openSample(data.OpenSample)
}

// TourTheSample opens the sample, and begins its tour.
func (p *Program) TourTheSample() {
	p.touring = true
	p.openSample(data.OpenSample)
}

// RemakeSampleAsync makes the sample anew, whatever is the matter with the one that is there.
func (p *Program) RemakeSampleAsync() {
	if p.sample {
		p.endDesk()
	}
	p.openSample(data.RemakeSample)
}

func (p *Program) openSample(open func(context.Context, string, data.Options, data.Progress) (*data.Register, error)) {
	p.run(lang.L("Opening the sample…"), func(ctx context.Context, progress data.Progress) (*Opened, error) {
		if err := makeFolderOf(p.Sample); err != nil {
			return nil, err
		}
		register, err := open(ctx, p.Sample, data.Options{Log: p.Log, CountryName: page.Country, Person: settings.Of(p.App).Person()}, progress)
		return ready(ctx, register, err)
	}, func(o *Opened) {
		o.Tour = p.touring
		p.touring = false
		p.show(o, true)
	}, func(err error) {
		p.touring = false
		p.showProblem(p.Sample, err)
	})
}

// Opened is a register that is ready for a desk.
type Opened struct {
	Register *data.Register
	Sample   bool                                  // it is the sample
	Tour     bool                                  // which begins with its tour
	Ours     map[model.AccountKind][]model.Account // the accounts that the office acts for
	Place    data.Place                            // where it lies

	completed bool // a restore that was interrupted
}

// errHeld says that a register which was to be open at once has to be waited for.
var errHeld = errors.New("another program holds the register")

// read opens a register and reads what a desk needs to begin. It runs off the UI goroutine.
func (p *Program) read(ctx context.Context, path string, how data.Options) (*Opened, error) {
	if !how.MustExist {
		if err := makeFolderOf(path); err != nil {
			return nil, err
		}
	}
	how.Password = p.password(path)
	how.Log, how.CountryName, how.Backups, how.Person = p.Log, page.Country, p.keeping(path), settings.Of(p.App).Person()
	how.Waiting = func(why *model.Error) { p.Do(func() { p.runner.Tell(page.ErrorText(why)) }) }
	held := false
	if p.atOnce { // nothing is on screen that could say why it takes long
		var stop context.CancelFunc
		ctx, stop = context.WithCancel(ctx)
		defer stop()
		how.Waiting = func(*model.Error) {
			held = true
			stop()
		}
	}
	completed := data.Interrupted(path)
	register, err := data.OpenContext(ctx, path, how)
	if held && err != nil {
		return nil, errHeld
	}
	o, err := ready(ctx, register, err)
	if err == nil {
		o.completed = completed
	}
	return o, err
}

// ready reads what a desk needs of a register that was opened, if it was.
func ready(ctx context.Context, register *data.Register, err error) (*Opened, error) {
	if err != nil {
		return nil, err
	}
	ours, err := AccountsOfOurs(ctx, register.Accounts())
	if err != nil {
		return nil, errors.Join(err, register.Close())
	}
	return &Opened{Register: register, Ours: ours, Place: data.PlaceOf(register.Path())}, nil
}

func makeFolderOf(path string) error {
	if err := disk.MakeFolder(filepath.Dir(path)); err != nil {
		return model.Fail(model.Unwritable, "The folder {{.Folder}} cannot be made.", "Folder", filepath.Dir(path)).Because(err)
	}
	return nil
}

func (p *Program) open(path string, how data.Options, then func()) {
	if p.desk != nil && p.desk.Register().Path() == path {
		return
	}
	p.run(lang.L("Opening the register…"), func(ctx context.Context, _ data.Progress) (*Opened, error) {
		return p.read(ctx, path, how)
	}, func(o *Opened) {
		then()
		p.keepPassword(path)
		p.show(o, o.Register.Path() == p.Sample)
	}, func(err error) {
		switch {
		case errors.Is(err, errHeld):
			p.atOnce, p.runner = false, task.NewRunner(p.Window, false)
			p.open(path, how, then)
		case model.CodeOf(err) == model.Denied && data.IsInvitation(path):
			p.atOnce, p.runner = false, task.NewRunner(p.Window, false)
			p.askPassword(path, err, func() { p.open(path, how, then) }, func() { p.showProblem(path, err) })
		default:
			p.showProblem(path, err)
		}
	})
}

// run opens a register as long work, unless another one is being opened.
func (p *Program) run(what string, open func(context.Context, data.Progress) (*Opened, error), then func(*Opened), fail func(error)) {
	if p.runner == nil {
		p.runner = task.NewRunner(p.Window, p.atOnce)
	}
	var o *Opened
	p.runner.RunAsync(what, func(ctx context.Context, progress func(int, int)) (err error) {
		o, err = open(ctx, progress)
		return err
	}, func(err error) {
		if err != nil {
			p.LogError("opening a register", err)
			fail(err)
			return
		}
		then(o)
	})
}

// Do runs f on the UI goroutine.
func (p *Program) Do(f func()) {
	switch {
	case p.Post != nil:
		p.Post(f)
	case task.Inline:
		f()
	default:
		fyne.Do(f)
	}
}

func (p *Program) show(o *Opened, sample bool) {
	p.endDesk()
	title := "Consign"
	if sample {
		title = lang.L("Consign: sample data")
	}
	p.Window.SetTitle(title)
	o.Register.WatchAsync()
	p.sample, o.Sample = sample, sample
	p.desk = p.Lay(o)
	p.attend(o.Register.Path())
	p.handFiles()
	if sample {
		return
	}
	if o.completed {
		p.desk.Say(restoredWords(lang.L("A restore that was interrupted is complete now."), o.Register.Path()))
	}
	p.keepAsync(o.Register)
	p.tellPlace(o)
}

// endDesk ends the desk, if there is one, and what the program does for it.
func (p *Program) endDesk() {
	if p.desk == nil {
		return
	}
	p.stopKeeping()
	p.desk.End()
	p.desk = nil
}

// Reopen closes the open register and opens it again: what kept it from being written may be over.
func (p *Program) Reopen() {
	path := p.desk.Register().Path()
	p.desk.Leave(func() {
		p.endDesk()
		p.openAsync(path, true)
	})
}
