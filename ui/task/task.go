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

// Work is a long piece of work. It runs on a goroutine of its own, returns ctx.Err() soon after ctx is done, and may
// call progress as often as it likes, with total 0 while the end is not known.
type Work func(ctx context.Context, progress func(done, total int)) error

// Runner runs the work of one window. Its methods belong to the UI goroutine.
type Runner struct {
	window fyne.Window
	inline bool
	post   func(func()) // hands work to the UI goroutine
	busy   bool
	wait   sync.WaitGroup
	cancel context.CancelFunc
}

// NewRunner makes the runner of a window. With inline it runs work at once on the caller, without a sheet:
// for tests, whose driver has no UI goroutine.
func NewRunner(w fyne.Window, inline bool) *Runner {
	return &Runner{window: w, inline: inline, post: fyne.Do}
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
	if r.inline {
		done(work(context.Background(), func(int, int) {}))
		return true
	}
	ctx, cancel := context.WithCancel(context.Background())
	r.busy, r.cancel = true, cancel
	sheet := newSheet(r.window, what, cancel, r.post)
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

// Stop cancels the running work and waits for its end: for closing the window.
func (r *Runner) Stop() {
	if r.cancel != nil {
		r.cancel()
	}
	r.wait.Wait()
}
