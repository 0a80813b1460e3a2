// Package office is which register is open, and what the program does outside of one: opening, restoring, problems, the log and the
// folders of the system. Everything in it belongs to Fyne's goroutine unless it says otherwise.
package office

import (
	"context"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"github.com/sirupsen/logrus"

	"consign/data"
	"consign/model"
	"consign/ui/control"
	"consign/ui/look"
	"consign/ui/page"
	"consign/ui/settings"
	"consign/ui/task"
)

// Desk is what is laid over an open register.
type Desk interface {
	page.Desk
	// Leave calls then when the page on screen may be left.
	Leave(then func())
	// End stops what the desk does and closes its register.
	End()
}

// Program opens registers in the application's one window and has a desk laid over each. main fills it and calls Start.
type Program struct {
	App       fyne.App
	Window    fyne.Window
	Log       *logrus.Logger
	LogFolder string
	Version   string
	Own       string // path of the office's own register
	Sample    string // path of the sample register

	// Lay lays a desk over a register that was opened.
	Lay func(*Opened) Desk

	desk   Desk         // nil while no register is open
	sample bool         // the register is the sample
	runner *task.Runner // opens registers
}

// Start prepares the window and opens the office's own register, or the sample. A register that must exist is not created.
// The window is for the caller to show.
func (p *Program) Start(sample, mustExist bool) {
	choices := settings.Of(p.App)
	p.App.Settings().SetTheme(look.Theme{Brightness: choices.Brightness()})
	look.ApplyScale(p.App, choices.Scale())
	p.Window.SetTitle("Consign")
	p.Window.SetMaster()
	p.Window.SetPadded(false)
	p.Window.Resize(choices.WindowSize())
	p.Window.SetCloseIntercept(p.Quit)
	control.Listen(p.Window.Canvas(), func(*fyne.KeyEvent) {}) // until there is a desk
	path, open := p.Own, func() { p.openAsync(p.Own, mustExist) }
	if sample {
		path, open = p.Sample, p.OpenSampleAsync
	}
	if _, err := os.Stat(path); err == nil { // at once, so that the first thing drawn is the desk; making a register takes longer
		p.runner = task.NewRunner(p.Window, true)
		defer func() { p.runner = nil }()
	}
	open()
}

// OpenAsync opens a register instead of the present one, and remembers it as the office's own. If it cannot be opened the
// present one stays.
func (p *Program) OpenAsync(path string) {
	p.open(path, true, func() {
		p.Own = path
		settings.Of(p.App).SetRegister(path)
	})
}

// OpenOwnAsync goes back from the sample to the office's own register.
func (p *Program) OpenOwnAsync() { p.openAsync(p.Own, false) }

func (p *Program) openAsync(path string, mustExist bool) { p.open(path, mustExist, func() {}) }

// OpenSampleAsync opens the sample register, and makes it first if there is none.
func (p *Program) OpenSampleAsync() {
	if p.desk != nil && p.sample {
		return
	}
	p.run(lang.L("Opening the sample…"), func(ctx context.Context, progress data.Progress) (*Opened, error) {
		if err := makeFolderOf(p.Sample); err != nil {
			return nil, err
		}
		register, err := data.OpenSample(ctx, p.Sample, data.Options{Log: p.Log, CountryName: page.Country}, progress)
		return ready(ctx, register, err)
	}, func(o *Opened) { p.show(o, true) }, func(err error) { p.showProblem(p.Sample, err) })
}

// Opened is a register that is ready for a desk.
type Opened struct {
	Register *data.Register
	Sample   bool                                  // it is the sample
	Ours     map[model.AccountKind][]model.Account // the accounts that the office acts for
}

// read opens a register and reads what a desk needs to begin. It runs off the UI goroutine.
func (p *Program) read(ctx context.Context, path string, mustExist bool) (*Opened, error) {
	if !mustExist {
		if err := makeFolderOf(path); err != nil {
			return nil, err
		}
	}
	register, err := data.Open(path, data.Options{Log: p.Log, MustExist: mustExist, CountryName: page.Country})
	return ready(ctx, register, err)
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
	return &Opened{Register: register, Ours: ours}, nil
}

func makeFolderOf(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return model.Fail(model.Unwritable, "The folder {{.Folder}} cannot be made.", "Folder", filepath.Dir(path)).Because(err)
	}
	return nil
}

func (p *Program) open(path string, mustExist bool, then func()) {
	if p.desk != nil && p.desk.Register().Path() == path {
		return
	}
	p.run(lang.L("Opening the register…"), func(ctx context.Context, _ data.Progress) (*Opened, error) {
		return p.read(ctx, path, mustExist)
	}, func(o *Opened) {
		then()
		p.show(o, o.Register.Path() == p.Sample)
	}, func(err error) { p.showProblem(path, err) })
}

// run opens a register as long work, unless another one is being opened.
func (p *Program) run(what string, open func(context.Context, data.Progress) (*Opened, error), then func(*Opened), fail func(error)) {
	if p.runner == nil {
		p.runner = task.NewRunner(p.Window, false)
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
	if task.Inline {
		f()
		return
	}
	fyne.Do(f)
}

func (p *Program) show(o *Opened, sample bool) {
	if p.desk != nil {
		p.desk.End()
	}
	title := "Consign"
	if sample {
		title = lang.L("Consign: sample data")
	}
	p.Window.SetTitle(title)
	o.Register.WatchAsync()
	p.sample, o.Sample = sample, sample
	p.desk = p.Lay(o)
}

// Restore puts the register of a backup in the place of the open one, which is kept beside it, and opens it.
func (p *Program) Restore(from string) {
	path, sample := p.desk.Register().Path(), p.sample
	p.desk.End()
	p.desk = nil
	p.restore(from, path, sample)
}

// restore opens the register at path again whether or not the backup was good: a refused backup changes nothing.
func (p *Program) restore(from, path string, sample bool) {
	var refused error
	p.run(lang.L("Restoring the backup…"), func(ctx context.Context, _ data.Progress) (*Opened, error) {
		refused = data.Restore(ctx, from, path)
		o, err := p.read(context.WithoutCancel(ctx), path, true)
		if err != nil {
			return nil, errors.Join(refused, err)
		}
		return o, nil
	}, func(o *Opened) {
		p.show(o, sample)
		if p.ShowError(refused); refused == nil {
			p.desk.Say(lang.L("The backup is restored."))
		}
	}, func(err error) { p.showProblem(path, err) })
}

// AskForRegister asks for another register and opens it.
func (p *Program) AskForRegister() {
	page.AskFilesAsync(p.Window, page.Files{Title: lang.L("Open another register"), Name: lang.L("Registers"), Endings: []string{".db"}},
		func(paths []string) { p.OpenAsync(paths[0]) })
}

// AskForNewRegister asks where a new register shall be and makes it.
func (p *Program) AskForNewRegister() {
	page.AskPathAsync(p.desk, "register.db", func(path string) {
		if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
			p.ShowError(model.Fail(model.Exists, "This file is there already. Choose another name, or open it as a register."))
			return
		}
		p.open(path, false, func() {
			p.Own = path
			settings.Of(p.App).SetRegister(path)
		})
	})
}

// ShowFolder opens a folder in the system's file browser.
func (p *Program) ShowFolder(path string) {
	if err := p.App.OpenURL(&url.URL{Scheme: "file", Path: filepath.ToSlash(path)}); err != nil {
		p.ShowError(model.Fail(model.Unreadable, "The folder {{.Folder}} cannot be shown.", "Folder", path).Because(err))
	}
}

// Folder is where the logs are.
func (p *Program) Folder() string { return p.LogFolder }

// Quit closes the window after the page on screen had its say.
func (p *Program) Quit() {
	if p.desk == nil {
		p.close()
		return
	}
	p.desk.Leave(p.close)
}

func (p *Program) close() {
	settings.Of(p.App).SetWindowSize(p.Window.Canvas().Size())
	if p.desk != nil {
		p.desk.End()
		p.desk = nil
	}
	p.Window.SetCloseIntercept(nil)
	p.Window.Close()
}

// ScaleBy makes everything one step larger or smaller; 0 is the normal size.
func (p *Program) ScaleBy(steps int) {
	choices := settings.Of(p.App)
	now, next := choices.Scale(), 100
	at, exact := slices.BinarySearch(look.Scales, now)
	switch {
	case steps > 0 && exact:
		next = look.Scales[min(at+1, len(look.Scales)-1)]
	case steps > 0:
		next = look.Scales[min(at, len(look.Scales)-1)]
	case steps < 0:
		next = look.Scales[max(at-1, 0)]
	}
	choices.SetScale(next)
	look.ApplyScale(p.App, next)
}

// LogError writes an error to the log. Its sentence may name a device, so that it goes there at debug level only.
func (p *Program) LogError(doing string, err error) {
	entry := p.Log.WithField("code", model.CodeOf(err))
	var coded *model.Error
	if errors.As(err, &coded) && coded.Cause != nil {
		entry = entry.WithField("cause", coded.Cause)
	}
	entry.Warn(doing)
	entry.Debug(err)
}

// Cancelled tells whether an error says that somebody stopped the work.
func Cancelled(err error) bool {
	return errors.Is(err, context.Canceled) || model.CodeOf(err) == model.Cancelled
}
