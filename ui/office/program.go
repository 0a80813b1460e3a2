// Package office is which register is open, and what the program does outside of one: opening, restoring, problems, the log and the
// folders of the system. Everything in it belongs to Fyne's goroutine unless it says otherwise.
package office

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"slices"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"github.com/sirupsen/logrus"

	"consign/data"
	"consign/model"
	"consign/ui/control"
	"consign/ui/look"
	"consign/ui/page"
	"consign/ui/settings"
	"consign/ui/shell"
	"consign/ui/system"
	"consign/ui/task"
)

// Desk is what is laid over an open register.
type Desk interface {
	page.Desk
	// Leave calls then when the page on screen may be left.
	Leave(then func())
	// TakeFiles gives files to the page on screen, or makes them a new upload. It reports false while something else has to be answered.
	TakeFiles(paths []string) bool
	// Step goes to where the desk was before, or after that for a positive by, unless something has to be answered first.
	Step(by int)
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
	Releases  string // the page where new versions appear, "" if the program was built without one
	Own       string // path of the office's own register
	Sample    string // path of the sample register
	Meeting   string // the folder in which further starts find this one; "" where they need not

	// Lay lays a desk over a register that was opened.
	Lay func(*Opened) Desk

	prepared bool         // the window is
	again    bool         // when it has ended it is to start again
	files    []string     // to be opened as soon as a desk can take them
	attended string       // the register whose further starts are heard
	unattend func()       // ends that; nil while none are
	desk     Desk         // nil while no register is open
	sample   bool         // the register is the sample
	touring  bool         // the sample is opened for its tour
	runner   *task.Runner // opens registers
	atOnce   bool         // it does so before anything is drawn

	entered sync.Map // passwords of shared registers, by the names of their secrets

	// Post brings what other goroutines have found onto Fyne's goroutine; nil: Fyne does. Tests, which have no such goroutine, set it.
	Post func(func())

	keeps sync.WaitGroup     // the backups of the open register
	stop  context.CancelFunc // ends them; nil while there are none
}

// Show shows the window, before a register is opened: where none can be made nothing is locked. The error says so.
func (p *Program) Show() error {
	p.prepare()
	choices := settings.Of(p.App)
	stand := choices.WindowStand()
	system.Place(p.Window, stand, int(choices.WindowSize().Width))
	var fonts sync.WaitGroup
	if !task.Inline {
		fonts.Go(look.ReadFonts)
	}
	err := show(p.Window) // without a text in it, so that nothing else measures one
	fonts.Wait()
	if err != nil {
		return err
	}
	system.Settle(p.Window, stand.Maximised)
	system.SideButtons(p.Window, func() { p.step(-1) }, func() { p.step(+1) })
	p.markTitle()
	p.App.Settings().AddListener(func(fyne.Settings) { p.Do(p.markTitle) }) // after Fyne, which follows the system
	return nil
}

// show shows a window. Fyne only logs that it cannot make one, and panics where there is no screen at all.
func show(w fyne.Window) (err error) {
	defer func() {
		if why := recover(); why != nil {
			err = fmt.Errorf("%w: %v", errNoWindow, why)
		}
	}()
	if w.Show(); !system.IsThere(w) {
		return errNoWindow
	}
	return nil
}

// prepare gives the window what it has whatever is open.
func (p *Program) prepare() {
	if p.prepared {
		return
	}
	p.prepared = true
	choices := settings.Of(p.App)
	p.App.Settings().SetTheme(look.Theme{Brightness: choices.Brightness()})
	look.ApplyScale(p.App, choices.Scale())
	p.Window.SetTitle("Consign")
	p.Window.SetMaster()
	p.Window.SetPadded(false)
	p.Window.Resize(choices.WindowSize())
	p.Window.SetCloseIntercept(p.Quit)
	control.Listen(p.Window.Canvas(), func(*fyne.KeyEvent) {})       // until there is a desk
	p.Window.SetContent(shell.NewSurface(theme.ColorNameBackground)) // behind what is said while opening takes long
}

func (p *Program) markTitle() {
	dark := p.App.Settings().ThemeVariant() == theme.VariantDark
	if b := settings.Of(p.App).Brightness(); b != look.FollowSystem {
		dark = b == look.Dark
	}
	system.DarkTitle(p.Window, dark)
}

// Start opens the office's own register in the window, or the sample. A register that must exist is not created.
func (p *Program) Start(sample, mustExist bool) {
	p.prepare()
	path, open := p.Own, func() { p.openAsync(p.Own, mustExist) }
	if sample {
		path, open = p.Sample, p.OpenSampleAsync
	}
	p.attend(path)
	p.atOnce = isQuick(path) // so that the first thing drawn is the desk
	open()
	if p.atOnce {
		p.atOnce, p.runner = false, nil
	}
}

// isQuick reports whether opening a register takes no time that people notice. Making one does, and checking one that was not closed.
func isQuick(path string) bool {
	_, err := os.Stat(path)
	log, logErr := os.Stat(path + "-wal")
	if data.IsInvitation(path) {
		return false
	}
	return err == nil && (logErr != nil || log.Size() == 0)
}

// AskForRegister asks for another register and opens it.
func (p *Program) AskForRegister() {
	page.AskFilesAsync(p.Window, page.Files{Title: lang.L("Open another register"), Name: lang.L("Registers"),
		Endings: []string{".db", data.InvitationEnding}},
		func(paths []string) { p.OpenAsync(paths[0]) })
}

// AskForNewRegister asks where a new register shall be and makes it.
func (p *Program) AskForNewRegister() {
	page.AskPathAsync(p.desk, "register.db", func(path string) {
		if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
			p.ShowError(model.Fail(model.Exists, "This file is there already. Choose another name, or open it as a register."))
			return
		}
		p.open(path, data.Options{Anew: true}, func() {
			p.Own = path
			settings.Of(p.App).SetRegister(path)
		})
	})
}

// ShowFolder opens a folder in the system's file browser.
func (p *Program) ShowFolder(path string) {
	if err := system.Show(p.App, path); err != nil {
		p.ShowError(model.Fail(model.Unreadable, "The folder {{.Folder}} cannot be shown.", "Folder", path).Because(err))
	}
}

// ShowReleases opens the page where new versions appear in the browser. The program itself sends and fetches nothing.
func (p *Program) ShowReleases() {
	address, err := url.Parse(p.Releases)
	if err == nil {
		err = p.App.OpenURL(address)
	}
	if err != nil {
		p.ShowError(model.Fail(model.Unreadable, "The page {{.Page}} cannot be opened.", "Page", p.Releases).Because(err))
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

// Restart ends Consign as Quit does, and then starts it again.
func (p *Program) Restart() {
	p.desk.Leave(func() {
		p.again = true
		p.close()
	})
}

// StartsAgain reports whether the program that has ended is to start again.
func (p *Program) StartsAgain() bool { return p.again }

func (p *Program) step(by int) {
	if p.desk != nil {
		p.desk.Step(by)
	}
}

func (p *Program) close() {
	settings.Of(p.App).SetWindow(system.StandOf(p.Window), p.Window.Canvas().Size())
	p.endDesk()
	p.attend("")
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
