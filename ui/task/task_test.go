package task

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"github.com/stretchr/testify/require"

	"consign/ui/control"
)

// desk is a runner whose posted work waits until the test lets time pass, as it waits for the UI goroutine in a window.
type desk struct {
	*Runner
	posted chan func()
}

func newDesk(t *testing.T) desk {
	t.Cleanup(test.NewTempApp(t).Quit)
	w := test.NewWindow(widget.NewLabel(""))
	w.Resize(fyne.NewSize(600, 400))
	d := desk{NewRunner(w, false), make(chan func(), 1000)}
	d.post = func(f func()) { d.posted <- f }
	return d
}

// pass lets time go by, a little at a time, and does what is posted meanwhile.
func (d desk) pass(span time.Duration) {
	for end := time.Now().Add(span); ; time.Sleep(5 * time.Millisecond) {
		synctest.Wait()
		for len(d.posted) > 0 {
			(<-d.posted)()
		}
		if !time.Now().Before(end) {
			return
		}
	}
}

// sheetShown is the cancel button and the text of the sheet, if one is shown.
func (d desk) sheetShown() (cancel *control.Button, says string) {
	for _, o := range test.LaidOutObjects(d.overlay()) {
		switch o := o.(type) {
		case *control.Button:
			cancel = o
		case *control.Name:
			says += o.Text + "|"
		case *widget.Label:
			says += o.Text + "|"
		}
	}
	return cancel, says
}

func (d desk) overlay() fyne.CanvasObject {
	if top := d.window.Canvas().Overlays().Top(); top != nil && top.Visible() {
		return top
	}
	return widget.NewSeparator()
}

// lasting is work that takes so long unless it is stopped.
func lasting(span time.Duration) Work {
	return func(ctx context.Context, progress func(int, int)) error {
		for begin := time.Now(); time.Since(begin) < span; time.Sleep(10 * time.Millisecond) {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			progress(int(time.Since(begin)*100_000/span), 100_000)
		}
		return nil
	}
}

func TestQuickWorkShowsNoSheet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		ended := false
		require.True(t, d.RunAsync("Uploading", lasting(200*time.Millisecond), func(err error) { ended = err == nil }))
		d.pass(190 * time.Millisecond)
		cancel, _ := d.sheetShown()
		require.Nil(t, cancel)
		d.pass(400 * time.Millisecond)
		cancel, _ = d.sheetShown()
		require.Nil(t, cancel)
		require.True(t, ended)
		require.False(t, d.Busy())
	})
}

func TestLongWorkShowsWhatItDoesAndHowFarItIs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.RunAsync("Uploading", lasting(2*time.Second), func(error) {})
		d.pass(time.Second)
		_, says := d.sheetShown()
		require.Contains(t, says, "Uploading")
		require.Regexp(t, `\d\d,\d{3} of 100,000`, says)
		d.pass(2 * time.Second)
		cancel, _ := d.sheetShown()
		require.Nil(t, cancel, "the sheet goes with the work")
	})
}

func TestCancelStopsTheWork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		var got error
		d.RunAsync("Uploading", lasting(time.Hour), func(err error) { got = err })
		d.pass(time.Second)
		cancel, _ := d.sheetShown()
		require.NotNil(t, cancel)
		test.Tap(cancel)
		d.pass(100 * time.Millisecond)
		require.ErrorIs(t, got, context.Canceled)
		require.False(t, d.Busy())
	})
}

func TestASecondWorkIsNotStartedBesideTheFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.RunAsync("Uploading", lasting(time.Second), func(error) {})
		require.False(t, d.RunAsync("Deleting", lasting(time.Second), func(error) { t.Error("it ran") }))
		d.pass(3 * time.Second)
		require.True(t, d.RunAsync("Deleting", lasting(time.Second), func(error) {}), "the first one is over")
		d.pass(3 * time.Second)
	})
}

func TestAnErrorOfTheWorkIsHandedOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		full := errors.New("the disk is full")
		var got error
		d.RunAsync("Uploading", func(context.Context, func(int, int)) error { return full }, func(err error) { got = err })
		d.pass(time.Second)
		require.Equal(t, full, got)
	})
}

func TestStopCancelsAndWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		stopped := false
		d.RunAsync("Uploading", func(ctx context.Context, _ func(int, int)) error {
			<-ctx.Done()
			time.Sleep(time.Second) // a transaction that rolls back
			stopped = true
			return ctx.Err()
		}, func(error) {})
		d.Stop()
		require.True(t, stopped)
		d.pass(time.Second)
	})
}
