package grid

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
)

const (
	copyRows = 1000                   // rows fetched at once
	copyTell = 100 * time.Millisecond // between two tellings of progress
)

// CopyAsync puts the selected rows, or the current one, on the clipboard as tab-separated text of the shown columns. OnCopy tells how it
// goes on; Esc cancels.
func (t *Table[R]) CopyAsync(headers bool) {
	if t.Len() == 0 || t.postpone(max(0, t.cursor), func() { t.CopyAsync(headers) }) {
		return
	}
	if t.stopCopy != nil {
		t.stopCopy()
	}
	sel := t.Selection()
	if sel.Count() == 0 && t.cursor >= 0 {
		sel.IDs[t.answer.ID(t.cursor)] = struct{}{}
	}
	if sel.Count() == 0 {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	t.stopCopy = cancel
	answer, columns := t.answer, t.Columns()
	t.work(func() {
		text, err := tsv(ctx, answer, sel, columns, headers, func(copied int) {
			t.post(func() { t.copied(copied, sel.Count(), false) })
		})
		t.post(func() {
			stopped := ctx.Err() != nil
			cancel()
			if err == nil && !stopped {
				fyne.CurrentApp().Clipboard().SetContent(text)
			}
			t.stopCopy = nil
			t.copied(sel.Count(), sel.Count(), true)
			if err != nil {
				t.fail(err)
			}
		})
	})
}

func (t *Table[R]) copied(n, of int, done bool) {
	if t.around != nil {
		t.around.copied(n, of, done)
	}
	if t.OnCopy != nil {
		t.OnCopy(n, of, done)
	}
}

// tsv writes the selected rows in their order. Tabs and line ends inside a cell become spaces, so that a spreadsheet keeps its cells.
func tsv[R any](ctx context.Context, answer Answer[R], sel Selection, columns []Column[R], headers bool, tell func(copied int)) (string,
	error) {
	var b strings.Builder
	flat := strings.NewReplacer("\t", " ", "\r\n", " ", "\n", " ", "\r", " ")
	write := func(cell func(Column[R]) string) {
		for i, c := range columns {
			if i > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(flat.Replace(cell(c)))
		}
		b.WriteByte('\n')
	}
	if headers {
		write(func(c Column[R]) string { return c.Title })
	}
	copied, told := 0, time.Now()
	batch := make([]int, 0, copyRows)
	rows := make(map[int]R, copyRows)
	flush := func() error {
		clear(rows)
		if err := answer.Fetch(ctx, batch, func(i int, row R) { rows[i] = row }); err != nil {
			return err
		}
		for _, i := range batch {
			if row, ok := rows[i]; ok {
				write(func(c Column[R]) string { return c.String(row) })
			}
		}
		copied += len(batch)
		batch = batch[:0]
		if now := time.Now(); now.Sub(told) >= copyTell {
			told = now
			tell(copied)
		}
		return ctx.Err()
	}
	for i := range answer.Len() {
		if !sel.Has(answer.ID(i)) {
			continue
		}
		if batch = append(batch, i); len(batch) == copyRows {
			if err := flush(); err != nil {
				return "", err
			}
		}
	}
	if err := flush(); err != nil {
		return "", err
	}
	return b.String(), nil
}
