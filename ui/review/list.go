package review

import (
	"context"
	"slices"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"consign/data/intake"
	"consign/data/sheet"
	"consign/model"
	"consign/ui/page"
	"consign/ui/task"
)

const (
	// firstTold is when a review that is still reading is first shown.
	firstTold = 50 * time.Millisecond
	// retellEvery is how often it is shown anew, at most.
	retellEvery = 250 * time.Millisecond
)

// list is one device list, a file or a text, with its review. It belongs to Fyne's goroutine but for its file, which the reading has.
type list struct {
	path, text string // one of them
	name       string // what people call it
	file       *sheet.File
	sheet      int
	sample     intake.Sample
	layout     intake.Layout
	hidden     bool              // take rows that the spreadsheet hides
	remembered bool              // the layout was corrected for a list of this make before
	scan       *intake.BenchMode // how its devices were scanned, nil for a file or a text
	found      []intake.Found    // the lists of its file, when there are several
	fitting    []intake.Template // that fit it
	template   string            // name of the template by which it is read; empty for none
	constants  intake.Constants  // of that template

	review     *intake.Review
	reading    bool
	stop       context.CancelFunc
	err        error           // why it was not read to its end
	hiddenRows int             // that are not taken
	edits      []lineEdit      // what a person did to its lines, in order
	unused     []intake.Unused // identifiers in no line of any list, at most as many as the review keeps
	notUsed    int             // how many they are
	turn       int             // counts readings, so that an old one is not heard any more
	reads      sync.Mutex      // held by the reading: a file is read by one goroutine at a time
}

// openList opens a list and recognises its columns, as they were corrected last for lists of this make. Off Fyne's goroutine.
func openList(ctx context.Context, d page.Desk, path, text string) (*list, error) {
	l := &list{path: path, text: text, name: lang.L("Pasted text")}
	var err error
	if path == "" {
		l.file, err = sheet.FromText(text)
	} else if l.file, err = sheet.Open(path); err == nil {
		l.name = l.file.Name()
	}
	if err != nil {
		return nil, err
	}
	if err = l.find(ctx); err == nil {
		err = l.recognise(ctx, d)
	}
	if err != nil {
		_ = l.file.Close()
		return nil, err
	}
	return l, nil
}

// find finds the lists of the file and turns to the one with most lines, the first of equals.
func (l *list) find(ctx context.Context) (err error) {
	if len(l.file.Sheets()) > 1 {
		if l.found, err = intake.Lists(ctx, l.file); err != nil {
			return err
		}
	}
	if len(l.found) == 0 {
		l.sheet, l.sample, err = intake.Find(ctx, l.file)
		return err
	}
	best := slices.MaxFunc(l.found, func(a, b intake.Found) int { return a.Lines - b.Lines })
	l.sheet, l.sample = best.Sheet, best.Sample
	return nil
}

// another opens another list of the same file. Off Fyne's goroutine.
func (l *list) another(ctx context.Context, d page.Desk, sheet int) (*list, error) {
	x, err := openList(ctx, d, l.path, l.text)
	if err != nil {
		return nil, err
	}
	x.name = l.name + " · " + sheetName(x.file, sheet)
	if x.sheet != sheet {
		if err = x.useSheet(ctx, d, sheet); err != nil {
			_ = x.file.Close()
		}
	}
	return x, err
}

// sameFile tells whether two lists come from the same file or text.
func (l *list) sameFile(x *list) bool {
	return l.path == x.path && l.text == x.text && (l.scan == nil) == (x.scan == nil)
}

// sheetName is what people call a sheet: that of a mail's own text and a table of a web page have no name.
func sheetName(f *sheet.File, index int) string {
	switch s := f.Sheets()[index]; {
	case s.Name != "":
		return s.Name
	case s.Text:
		return lang.L("Text")
	}
	return lang.L("Table {{.Number}}", map[string]any{"Number": index + 1})
}

// openScans opens the devices of a scan session, whose columns are known. Off Fyne's goroutine.
func openScans(ctx context.Context, text string, mode intake.BenchMode) (*list, error) {
	l := &list{text: text, name: lang.L("Scanned devices"), scan: &mode, layout: intake.BenchLayout()}
	var err error
	if l.file, err = sheet.FromText(text); err != nil {
		return nil, err
	}
	l.sample, err = intake.ReadSample(ctx, l.file, 0)
	return l, err
}

// recognise guesses the layout of the sample, or takes the remembered one.
func (l *list) recognise(ctx context.Context, d page.Desk) (err error) {
	l.template, l.constants = "", intake.Constants{}
	l.layout, l.remembered, err = intake.Recall(ctx, d.Register().Settings(), l.sample)
	if model.CodeOf(err) == model.Away { // what the office has corrected is on the server: the list stays, and is judged when it is back
		l.layout, l.remembered, l.fitting = intake.Recognise(l.sample), false, nil
		return nil
	}
	if err != nil {
		return err
	}
	all, err := intake.Templates(ctx, d.Register().Settings())
	l.fitting = fitting(all, l.layout)
	return err
}

// useSheet turns to another sheet of the file. Off Fyne's goroutine.
func (l *list) useSheet(ctx context.Context, d page.Desk, index int) error {
	sample, err := intake.ReadSample(ctx, l.file, index)
	if err != nil {
		return err
	}
	l.sheet, l.sample = index, sample
	return l.recognise(ctx, d)
}

// correct gives a column another meaning. A meaning that only one column can have is taken from the column that had it, unless several
// devices stand side by side. The other columns are still asked about.
func (l *list) correct(column int, m intake.Meaning) {
	columns, doubts := slices.Clone(l.layout.Columns), l.layout.Doubts
	for i := range columns {
		if columns[i] == m && l.layout.SideBySide() == 1 {
			columns[i] = intake.Ignored
		}
	}
	columns[column] = m
	l.layout = l.layout.Corrected(columns)
	l.layout.Doubts = slices.DeleteFunc(slices.Clone(doubts), func(d intake.Doubt) bool { return d.Column == column })
}

// remember keeps the columns as they are for lists of this make.
func (l *list) remember(ctx context.Context, d page.Desk) error {
	return intake.Remember(ctx, d.Register().Settings(), l.layout)
}

// readAsync makes the list's review anew. said is called on Fyne's goroutine while it grows and once more at its end.
func (l *list) readAsync(d page.Desk, o intake.Options, said func()) {
	o.Layout, o.Hidden, o.Constants, o.Boxes = l.layout, l.hidden, l.constants, l.scan != nil && *l.scan == intake.OnePerBox
	review := intake.NewReview(o)
	l.review, l.hiddenRows = review, 0
	file, index, edits := l.file, l.sheet, slices.Clone(l.edits)
	hidden := 0
	l.workAsync(d, func(ctx context.Context) error {
		if err := review.Read(ctx, file, index); err != nil {
			return err
		}
		for _, e := range edits {
			if err := e.apply(ctx, review, nil); err != nil {
				return err
			}
		}
		hidden = hiddenRows(review)
		return nil
	}, func() { l.hiddenRows = hidden }, said)
}

// recheckAsync judges the lines of a review that is whole by another target or by what the register holds now, without reading the
// file again. said is called as readAsync does it.
func (l *list) recheckAsync(d page.Desk, o intake.Options, said func()) {
	review := l.review
	l.workAsync(d, func(ctx context.Context) error { return review.Recheck(ctx, o) }, func() {}, said)
}

// workAsync reads or judges the list in place of what it may still be doing. An error of it stays with the list. then
// takes over what was found, unless the list was begun anew meanwhile.
func (l *list) workAsync(d page.Desk, work func(context.Context) error, then, said func()) {
	l.halt()
	l.turn++
	turn := l.turn
	ctx, stop := context.WithCancel(context.Background())
	l.reading, l.stop, l.err = true, stop, nil
	over := make(chan struct{})
	if !task.Inline {
		go l.tellAsync(over, said)
	}
	var failed error
	d.ReadAsync(func(desk context.Context) error {
		defer close(over)
		defer context.AfterFunc(desk, stop)()
		l.reads.Lock()
		defer l.reads.Unlock()
		failed = work(ctx)
		return nil
	}, func() {
		stop()
		if l.turn == turn {
			l.reading, l.err = false, failed
			then()
			said()
		}
	})
}

// tellAsync says every now and then that a review has grown, soon first.
func (l *list) tellAsync(over <-chan struct{}, said func()) {
	for wait := firstTold; ; wait = min(2*wait, retellEvery) {
		select {
		case <-over:
			return
		case <-time.After(wait):
			fyne.Do(said)
		}
	}
}

// hiddenRows counts the rows that were skipped because the spreadsheet hides them.
func hiddenRows(r *intake.Review) int {
	n := 0
	for _, i := range r.Indexes(model.Skipped) {
		if r.Line(int(i)).Reason.Template == intake.HiddenRow.Text().Template {
			n++
		}
	}
	return n
}

// halt stops the reading, if one goes on.
func (l *list) halt() {
	if l.stop != nil {
		l.stop()
	}
}

// drop forgets the list.
func (l *list) drop() {
	l.halt()
	l.turn++
	go func() {
		l.reads.Lock() // the reading ends soon after its context
		defer l.reads.Unlock()
		_ = l.file.Close()
	}()
}
