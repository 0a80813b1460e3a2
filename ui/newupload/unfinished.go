package newupload

import (
	"context"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"consign/model"
	"consign/ui/page"
	"consign/ui/review"
	"consign/ui/task"
	"consign/ui/unfinished"
)

// kept is an upload in the making as it is kept in case of a crash, and while its page is left.
type kept struct {
	Party  int64         `json:"party"` // account that was chosen, 0 for none
	Lists  []review.Kept `json:"lists"`
	Number string        `json:"order_number,omitempty"`
	Date   string        `json:"order_date,omitempty"`
	SoldTo string        `json:"sold_to,omitempty"`
	Tags   string        `json:"tags,omitempty"`
	KC     string        `json:"kc_profile,omitempty"`

	Enrollment string `json:"enrollment_profile,omitempty"`
}

// keeper writes the states of an upload to its file, so that an older one never comes after a newer one, and none after the upload is over.
type keeper struct {
	mu      sync.Mutex
	turn    int // the state that is written last
	written int
	over    bool
}

// write writes a state unless a newer one is written already. Off Fyne's goroutine.
func (k *keeper) write(turn int, save func() error) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.over || turn <= k.written {
		return nil
	}
	if err := save(); err != nil {
		return err
	}
	k.written = turn
	return nil
}

// end has nothing written any more, and then does what removes the file.
func (k *keeper) end(remove func() error) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.over = true
	return remove()
}

// keepAfter is how long a change of the upload may rest before it is kept.
const keepAfter = 500 * time.Millisecond

// scanPath is where the journal of a scan session is.
func (w *draft) scanPath() string { return unfinished.ScanPath(w.path) }

// begin makes the page that of another upload, which is kept at path.
func (w *draft) begin(path string) {
	w.stopKeeping()
	w.path, w.keeper, w.hasBegun = path, &keeper{}, false
	w.scan.path = w.scanPath()
}

// isEmpty reports that there is nothing to keep.
func (w *draft) isEmpty() bool {
	return w.review.Len() == 0 && w.review.Absent() == 0 && !w.scan.running()
}

// keep keeps the upload soon. One from which everything was taken away is not kept any more.
func (w *draft) keep() {
	switch {
	case w.resuming:
		return
	case w.isEmpty():
		if w.hasBegun {
			w.forget()
			w.begin(w.path)
		}
		return
	}
	w.hasBegun = true
	if task.Inline {
		w.saveKept()
		return
	}
	if w.keeping == nil {
		w.keeping = time.AfterFunc(keepAfter, func() {
			fyne.Do(func() {
				if w.keeping != nil {
					w.keeping = nil
					w.saveKept()
				}
			})
		})
	}
}

func (w *draft) stopKeeping() {
	if w.keeping != nil {
		w.keeping.Stop()
		w.keeping = nil
	}
}

// saveKept keeps the upload as it is now; each of then is called once it is kept.
func (w *draft) saveKept(then ...func()) {
	if w.done != nil || w.isEmpty() || w.resuming {
		return
	}
	write := w.writer()
	w.desk.ReadAsync(func(context.Context) error { return write() }, func() {
		for _, do := range then {
			do()
		}
	})
}

// writer is what writes the upload as it is now; it belongs off Fyne's goroutine.
func (w *draft) writer() func() error {
	told := unfinished.Upload{At: time.Now(), Acting: w.acting.ID, Party: w.target.chosen.account, Customer: w.target.chosen.name,
		Lines: w.review.Counts().Lines, Person: w.desk.Register().Person()}
	k := kept{Party: told.Party, Number: w.order.number.Text, Date: w.order.date.Text, SoldTo: w.order.soldTo.Text, Tags: w.order.tags.Text,
		KC: w.order.kc.Text, Enrollment: w.order.enrollment.Text, Lists: w.review.Kept()}
	for _, l := range k.Lists {
		told.Lists = append(told.Lists, unfinished.List{Name: l.Name})
	}
	path, keeper := w.path, w.keeper
	keeper.turn++
	turn := keeper.turn
	return func() error { return keeper.write(turn, func() error { return unfinished.Keep(path, told, k) }) }
}

// forget removes what is kept of the upload: it was made, or nothing of it is left.
func (w *draft) forget() {
	w.stopKeeping()
	if err := w.keeper.end(func() error { return unfinished.Forget(w.path) }); err != nil {
		w.desk.Fail(err)
	}
}

// leave keeps an upload that is not made yet before its page is left: it is listed from then on as not finished.
func (w *draft) leave(leave func()) {
	if w.scan.running() && w.scan.session.Len() == 0 {
		w.scan.discard()
	}
	if w.done != nil || w.isEmpty() || w.resuming {
		w.keep()
		w.scan.close()
		if w.resuming { // what is still read is for nobody
			w.begin(unfinished.NewPath(w.desk.Register().Path(), w.acting))
		}
		leave()
		return
	}
	w.stopKeeping()
	write := w.writer()
	var failed error
	w.desk.ReadAsync(func(context.Context) error {
		failed = write()
		return nil
	}, func() {
		away := func() {
			w.scan.close()
			w.discard()
			leave()
		}
		if failed == nil {
			w.desk.Say(lang.L("Kept, nothing is uploaded yet: go on with it on Overview or New upload."))
			away()
			return
		}
		page.Confirm(w.desk, lang.L("This upload cannot be kept"), page.ErrorText(failed), lang.L("Leave, and lose it"), away)
	})
}

// discard takes everything from a page that is left: what still comes in there, a list that was taken back, is another upload.
func (w *draft) discard() {
	w.begin(unfinished.NewPath(w.desk.Register().Path(), w.acting))
	w.review.Clear()
}

// resume goes on with a kept upload in the place of the empty one on the page.
func (w *draft) resume(u unfinished.Upload) {
	w.begin(u.Path)
	w.resuming = true
	var k kept
	var failed error
	w.desk.ReadAsync(func(context.Context) error {
		failed = unfinished.Open(u.Path, &k)
		return nil
	}, func() {
		switch {
		case w.path != u.Path: // it was left meanwhile
		case failed != nil:
			w.resuming = false
			w.begin(unfinished.NewPath(w.desk.Register().Path(), w.acting)) // the unreadable one stays as it is
			w.desk.Fail(failed)
		default:
			w.takeUp(u, k)
		}
	})
}

// takeUp shows a kept upload that was read.
func (w *draft) takeUp(u unfinished.Upload, k kept) {
	w.order.number.SetText(k.Number)
	w.order.date.SetText(k.Date)
	w.order.soldTo.SetText(k.SoldTo)
	w.order.tags.SetText(k.Tags)
	w.order.kc.SetText(k.KC)
	w.order.enrollment.SetText(k.Enrollment)
	if k.Party != 0 {
		w.target.takeKept(k.Party)
	}
	w.review.Reopen(k.Lists, func() {
		if w.path != u.Path {
			return
		}
		w.resuming, w.hasBegun = false, true
		if u.Scans > 0 {
			w.scan.resume()
		}
		w.changed()
	})
}

// resumeAt goes on with the upload that is kept at path, if it is the account's.
func (w *draft) resumeAt(path string) {
	register := w.desk.Register().Path()
	page.Read(w.desk, func(context.Context) ([]unfinished.Upload, error) { return unfinished.Of(register, w.acting), nil },
		func(all []unfinished.Upload) {
			for _, u := range all {
				if u.Path == path {
					w.resume(u)
					return
				}
			}
			w.desk.Fail(model.Fail(model.NotFound, "This upload is finished or was given up meanwhile."))
		})
}
