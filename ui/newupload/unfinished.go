package newupload

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"consign/data/disk"
	"consign/model"
	"consign/ui/control"
	"consign/ui/page"
	"consign/ui/review"
	"consign/ui/task"
)

// kept is an upload in the making as it is kept in case of a crash, and while its page is left.
type kept struct {
	At     time.Time     `json:"at"`
	Acting int64         `json:"acting"` // account
	Party  int64         `json:"party"`  // account that was chosen, 0 for none
	Lists  []review.Kept `json:"lists"`
	Number string        `json:"order_number,omitempty"`
	Date   string        `json:"order_date,omitempty"`
	SoldTo string        `json:"sold_to,omitempty"`
	Tags   string        `json:"tags,omitempty"`
	KC     string        `json:"kc_profile,omitempty"`

	Enrollment string `json:"enrollment_profile,omitempty"`
}

// save writes the upload to path, whole or not at all. Off Fyne's goroutine.
func (k kept) save(path string) error {
	text, err := json.Marshal(k)
	if err != nil {
		return err
	}
	if err := disk.WriteFile(path, text, disk.Private); err != nil {
		return disk.Unwritable(path, err)
	}
	return nil
}

// loadKept reads a kept upload; none, and one that cannot be read, is no upload.
func loadKept(path string) (k kept, ok bool) {
	text, err := os.ReadFile(path)
	return k, err == nil && json.Unmarshal(text, &k) == nil && len(k.Lists) > 0
}

// forgetKept removes a kept upload.
func forgetKept(path string) error {
	if err := disk.Remove(path); err != nil {
		return disk.Unwritable(path, err)
	}
	return nil
}

// keptBefore ends the name of the unfinished upload instead of which a new one was begun.
const keptBefore = "-before"

// keepAfter is how long a change of the upload may rest before it is kept.
const keepAfter = 500 * time.Millisecond

// keptPath is where an upload in the making of the acting account is kept: beside the register.
func (w *draft) keptPath() string {
	what := ".upload-"
	if w.onBehalf {
		what = ".receive-"
	}
	return w.desk.Register().Path() + what + w.acting.KnoxID
}

// scanPath is where the journal of a scan session is: beside the register.
func (w *draft) scanPath() string { return w.keptPath() + "-scan" }

// keep keeps the upload soon.
func (w *draft) keep() {
	if w.review.Len() == 0 {
		return
	}
	if task.Inline {
		w.saveKept(nil)
		return
	}
	if w.keeping == nil {
		w.keeping = time.AfterFunc(keepAfter, func() {
			fyne.Do(func() {
				w.keeping = nil
				w.saveKept(nil)
			})
		})
	}
}

// saveKept keeps the upload as it is now; then is called once it is kept, nil for nothing.
func (w *draft) saveKept(then func()) {
	if w.done != nil || w.review.Len() == 0 {
		return
	}
	k := kept{At: time.Now(), Acting: w.acting.ID, Party: w.target.chosen.account,
		Number: w.order.number.Text, Date: w.order.date.Text, SoldTo: w.order.soldTo.Text, Tags: w.order.tags.Text,
		KC: w.order.kc.Text, Enrollment: w.order.enrollment.Text, Lists: w.review.Kept()}
	path := w.keptPath()
	w.desk.ReadAsync(func(context.Context) error { return k.save(path) }, then)
}

// giveUp forgets the upload and its scans for good.
func (w *draft) giveUp() {
	if w.keeping != nil {
		w.keeping.Stop()
		w.keeping = nil
	}
	w.scan.discard()
	w.review.Clear()
	if err := forgetKept(w.keptPath()); err != nil {
		w.desk.Fail(err)
	}
}

// offerKept offers to go on with an upload or a scan session that a crash or leaving the page has interrupted.
func (w *draft) offerKept() {
	w.offered.Objects, w.again = nil, nil
	for _, path := range []string{w.keptPath(), w.keptPath() + keptBefore} {
		k, ok := loadKept(path)
		if !ok || k.Acting != w.acting.ID {
			continue
		}
		names := make([]string, len(k.Lists))
		for i, l := range k.Lists {
			names[i] = l.Name
		}
		w.unfinished = w.unfinished || path == w.keptPath()
		w.offer(lang.L("An upload of {{.Time}} is not finished: {{.Lists}}",
			map[string]any{"Time": page.DateTime(k.At), "Lists": strings.Join(names, ", ")}),
			func() {
				w.unfinished = false
				if path != w.keptPath() {
					_ = forgetKept(path) // it is kept under the first name from now on
				}
				w.resume(k)
			}, lang.L("Give the unfinished upload up?"), lang.L("Its corrections and settings are forgotten. Its files and the register are not touched."), path)
	}
	if n := w.scan.interrupted(); n > 0 {
		title, text := giveUpScans(n)
		w.offer(lang.N("A scan session with {{.Count}} devices is not finished.", n, map[string]any{"Count": page.Number(n)}),
			w.scan.resume, title, text, w.scanPath())
	}
	w.offered.Refresh()
}

// setAside keeps an unfinished upload under another name when a new one is begun instead.
func (w *draft) setAside() {
	if !w.unfinished {
		return
	}
	w.unfinished = false
	if err := disk.Rename(w.keptPath(), w.keptPath()+keptBefore); err != nil && !errors.Is(err, fs.ErrNotExist) {
		w.desk.Fail(model.Fail(model.Unwritable, "The unfinished upload cannot be kept.").Because(err))
	}
}

// offer offers to resume what is kept at path, or to give it up, which is asked with a title and a text.
func (w *draft) offer(says string, resume func(), title, text, path string) {
	again := control.NewButton(lang.L("Go on with it"), func() {
		w.offered.Objects, w.again = nil, nil
		resume()
	})
	again.Importance = widget.HighImportance
	if w.again == nil {
		w.again = again
	}
	away := control.NewButton(lang.L("Give it up…"), func() {
		page.Confirm(w.desk, title, text, lang.L("Give it up"), func() {
			if err := forgetKept(path); err != nil {
				w.desk.Fail(err)
			}
			w.offerKept()
		})
	})
	label := widget.NewLabelWithStyle(says, fyne.TextAlignCenter, fyne.TextStyle{Bold: true})
	w.offered.Add(container.NewVBox(widget.NewSeparator(), label, container.NewCenter(container.NewHBox(away, again))))
}

// resume goes on with a kept upload.
func (w *draft) resume(k kept) {
	w.order.number.SetText(k.Number)
	w.order.date.SetText(k.Date)
	w.order.soldTo.SetText(k.SoldTo)
	w.order.tags.SetText(k.Tags)
	w.order.kc.SetText(k.KC)
	w.order.enrollment.SetText(k.Enrollment)
	if k.Party != 0 {
		w.target.takeKept(k.Party)
	}
	w.review.Reopen(k.Lists)
}
