// Package task runs long work off the UI goroutine: one at a time for a window, with progress, cancel and errors.
package task

import (
	"context"
	"errors"
	"sync"
	"time"

	"fyne.io/fyne/v2"
)

// BusyAfter is how long work runs before its sheet appears, so that quick work does not flicker.
const BusyAfter = 300 * time.Millisecond

// Inline makes all work of the program run at once on the goroutine that asks for it, and stops what would act by itself after a while.
// Only tests set it, before they make a window: Fyne's test driver has no goroutine of its own and runs fyne.Do on the caller.
var Inline bool

// Work is a long piece of work. It runs on a goroutine of its own, returns ctx.Err() soon after ctx is done, and may
// call progress as often as it likes, with total 0 while the end is not known.
type Work func(ctx context.Context, progress func(done, total int)) error

// Runner runs the work of one window. Its methods belong to the UI goroutine.
type Runner struct {
	window fyne.Window
	atOnce bool
	post   func(func()) // hands work to the UI goroutine
	busy   bool
	wait   sync.WaitGroup
	cancel context.CancelFunc
	sheet  *sheet // of the running work
}

// NewRunner makes the runner of a window. With atOnce it runs work on the caller, without a sheet, as it does when Inline: for a window
// that is not drawn yet.
func NewRunner(w fyne.Window, atOnce bool) *Runner {
	return &Runner{window: w, atOnce: atOnce || Inline, post: fyne.Do}
}

// Busy reports whether work is running.
func (r *Runner) Busy() bool { return r.busy }

// RunAsync starts work and returns. After BusyAfter a sheet shows what, the progress and a Cancel button.
// done is called on the UI goroutine with the work's error; a cancelled work gives context.Canceled.
// While work is running further work is not started and RunAsync returns false.
func (r *Runner) RunAsync(what string, work Work, done func(error)) bool {
	if r.busy {
		return false
	}
	if r.atOnce {
		done(work(context.Background(), func(int, int) {}))
		return true
	}
	ctx, cancel := context.WithCancel(context.Background())
	r.busy, r.cancel = true, cancel
	sheet := newSheet(r.window, what, cancel, r.post)
	r.sheet = sheet
	timer := time.AfterFunc(BusyAfter, func() { r.post(sheet.show) })
	r.wait.Go(func() {
		err := work(ctx, sheet.progress)
		if ctx.Err() != nil && err != nil {
			err = errors.Join(context.Canceled, err)
		}
		timer.Stop()
		cancel()
		r.post(func() {
			sheet.hide()
			r.busy = false
			done(err)
		})
	})
	return true
}

// Tell says a sentence about the running work on its sheet: why it takes long.
func (r *Runner) Tell(sentence string) {
	if r.busy {
		r.sheet.says = sentence
		r.sheet.paint()
	}
}

// Stop cancels the running work and waits for its end: for closing the window.
func (r *Runner) Stop() {
	if r.cancel != nil {
		r.cancel()
	}
	r.wait.Wait()
}
