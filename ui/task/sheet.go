package task

import (
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"consign/ui/control"
	"consign/ui/system"
)

// redrawEvery bounds how often progress is painted: work may report every device.
const redrawEvery = 50 * time.Millisecond

// sheetWidth is the width of a sheet.
const sheetWidth = 420

// sheet shows that a work is running. All but progress belongs to the UI goroutine.
type sheet struct {
	window fyne.Window
	what   string
	stop   func()
	post   func(func())
	last   atomic.Int64 // when progress was painted last, in nanoseconds
	over   bool

	dialog *control.Dialog
	bar    *widget.ProgressBar
	busy   *widget.ProgressBarInfinite
	count  *widget.Label
	note   *widget.Label
	says   string // a sentence about the work, "" for none
	done   int
	total  int
}

func newSheet(w fyne.Window, what string, stop func(), post func(func())) *sheet {
	return &sheet{window: w, what: what, stop: stop, post: post}
}

// progress is called by the work, on its goroutine.
func (s *sheet) progress(done, total int) {
	now := time.Now().UnixNano()
	last := s.last.Load()
	if done < total && now-last < int64(redrawEvery) || !s.last.CompareAndSwap(last, now) {
		return
	}
	s.post(func() {
		s.done, s.total = done, total
		s.paint()
	})
}

func (s *sheet) show() {
	if s.over {
		return
	}
	s.bar, s.busy, s.count = widget.NewProgressBar(), widget.NewProgressBarInfinite(), widget.NewLabel("")
	s.count.Alignment = fyne.TextAlignTrailing
	s.bar.TextFormatter = func() string { return "" } // the count below it says more, and is read on any ground
	cancel := control.NewButton(lang.L("Cancel"), nil)
	cancel.OnTapped = func() {
		cancel.Disable()
		s.count.SetText(lang.L("Stopping…"))
		s.stop()
	}
	width := layout.NewSpacer()
	s.note = widget.NewLabel("")
	s.note.Wrapping = fyne.TextWrapWord
	s.note.Hide()
	body := container.NewVBox(s.note, container.NewStack(s.bar, s.busy), s.count, container.NewHBox(width, cancel))
	s.dialog = control.NewDialog(s.what, body, s.window)
	s.dialog.Resize(fyne.NewSize(sheetWidth, 0))
	s.paint()
	s.dialog.Show()
	control.Answer(s.window.Canvas(), control.Keys{Escape: func() { // and not Enter: the one that began the work may still be held
		if !cancel.Disabled() {
			cancel.OnTapped()
		}
	}})
}

func (s *sheet) paint() {
	if s.dialog == nil {
		return
	}
	if s.note.Text != s.says {
		s.note.SetText(s.says)
		s.note.Show()
		s.dialog.Resize(fyne.NewSize(sheetWidth, 0))
	}
	system.Progress(s.window, s.done, s.total)
	if s.total <= 0 {
		s.bar.Hide()
		s.busy.Show()
		return
	}
	s.busy.Hide()
	s.bar.Show()
	s.bar.Max = float64(s.total)
	s.bar.SetValue(float64(s.done))
	s.count.SetText(lang.L("{{.Done}} of {{.Total}}", map[string]any{"Done": control.Number(s.done), "Total": control.Number(s.total)}))
}

func (s *sheet) hide() {
	s.over = true
	if s.dialog != nil {
		s.busy.Stop()
		s.dialog.Hide()
		system.EndProgress(s.window)
	}
}
