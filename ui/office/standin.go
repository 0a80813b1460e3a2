package office

import (
	"context"

	"fyne.io/fyne/v2"

	"consign/ui/page"
	"consign/ui/task"
)

// standIn is what dialogs are shown over while no register is open.
type standIn struct{ program *Program }

var _ page.Host = standIn{}

// Window implements page.Host.
func (s standIn) Window() fyne.Window { return s.program.Window }

// Preferences implements page.Host.
func (s standIn) Preferences() fyne.Preferences { return s.program.App.Preferences() }

// RunAsync implements page.Host.
func (s standIn) RunAsync(what string, work task.Work, then func()) {
	s.program.runner.RunAsync(what, work, func(err error) { s.finish(err, then) })
}

// ReadAsync implements page.Host.
func (s standIn) ReadAsync(read func(context.Context) error, then func()) {
	if task.Inline {
		s.finish(read(context.Background()), then)
		return
	}
	go func() {
		err := read(context.Background())
		fyne.Do(func() { s.finish(err, then) })
	}()
}

func (s standIn) finish(err error, then func()) {
	switch {
	case err != nil:
		s.Fail(err)
	case then != nil:
		then()
	}
}

// Fail implements page.Host.
func (s standIn) Fail(err error) {
	if err != nil && !Cancelled(err) {
		s.program.LogError("without a register", err)
		s.program.ShowError(err)
	}
}
