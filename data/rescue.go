package data

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"consign/data/sheet"
	"consign/model"
)

// Rescued says what a rescue has read.
type Rescued struct{ Tables []RescuedTable }

// RescuedTable says what was read of one table of the register.
type RescuedTable struct {
	Name    string // of its sheet
	Rows    int    // read, those in part among them
	InPart  int    // of which only the indexes tell
	Skipped []string
}

// Lost reports whether something could not be read, or only in part.
func (r Rescued) Lost() bool {
	for _, t := range r.Tables {
		if t.InPart > 0 || len(t.Skipped) > 0 {
			return true
		}
	}
	return false
}

// Rescue reads everything that can be read of the register at path, however damaged, and writes it to a workbook at to: a first sheet that
// says what was read and what was skipped, and then one for each table in people's words. It works on a copy: the register stays as it is,
// and may be open. say is the sentence or word as people read it; progress hears of tables. Nothing stands at to after an error.
// Errors: NotFound, Damaged when nothing can be read, Unwritable, DiskFull, Cancelled. It blocks; any goroutine may call it.
func Rescue(ctx context.Context, path, to string, say func(model.Text) string, progress Progress) (Rescued, error) {
	found, err := rescue(ctx, path, to, say, progress)
	if err != nil {
		return Rescued{}, coded(err)
	}
	return found, nil
}

func rescue(ctx context.Context, path, to string, say func(model.Text) string, progress Progress) (Rescued, error) {
	w, err := openWreck(path)
	if err != nil {
		return Rescued{}, err
	}
	defer w.Close()
	r := &rescuer{wreck: w, say: say, accounts: map[int64]party{}, uploads: map[int64]rescuedUpload{}}
	tables := r.tables()
	// The first sheet says what all others hold, so that all is read twice: the first time to know.
	var found Rescued
	rows := 0
	for i, t := range tables {
		told, err := t.read(ctx, func([]string) error { return nil })
		if err != nil {
			return Rescued{}, err
		}
		rows += told.Rows
		found.Tables = append(found.Tables, told)
		progress.report(i+1, 2*len(tables))
	}
	if rows == 0 {
		return Rescued{}, model.Fail(model.Damaged, "Nothing in this register can be read any more.")
	}
	out, err := sheet.Create(to, r.report())
	if err != nil {
		return Rescued{}, err
	}
	defer out.Close()
	for _, line := range r.lines(found) {
		if err := out.Write(line); err != nil {
			return Rescued{}, err
		}
	}
	for i, t := range tables {
		if err := out.Next(t.table); err != nil {
			return Rescued{}, err
		}
		if _, err := t.read(ctx, out.Write); err != nil {
			return Rescued{}, err
		}
		progress.report(len(tables)+i+1, 2*len(tables))
	}
	return found, out.Commit(ctx)
}

// rescuer knows what the tables that were read say about others.
type rescuer struct {
	*wreck
	say      func(model.Text) string
	accounts map[int64]party
	uploads  map[int64]rescuedUpload
}

type party struct{ name, id string }

type rescuedUpload struct {
	uuid             string
	reseller, target int64
	approved         bool
}

// rescuedTable is a sheet and how its rows are read.
type rescuedTable struct {
	table sheet.Table
	read  func(ctx context.Context, write func([]string) error) (RescuedTable, error)
}

func (r *rescuer) word(template string) string { return r.say(model.Text{Template: template}) }

// report is the first sheet.
func (r *rescuer) report() sheet.Table {
	return sheet.Table{Name: r.say(model.Say("What was read")), Format: sheet.XLSX, Columns: []sheet.Column{{Title: r.say(model.Say("Table"))},
		{Title: r.say(model.Say("Rows read")), Kind: sheet.Number}, {Title: r.say(model.Say("Of them in part")), Kind: sheet.Number},
		{Title: r.say(model.Say("Not readable"))}}}
}

func (r *rescuer) lines(found Rescued) [][]string {
	var lines [][]string
	for _, t := range found.Tables {
		skipped := strings.Join(t.Skipped, "; ")
		if skipped == "" && t.InPart == 0 {
			skipped = r.say(model.Say("Everything was read."))
		}
		lines = append(lines, []string{t.Name, strconv.Itoa(t.Rows), strconv.Itoa(t.InPart), skipped})
	}
	return lines
}

// sheetOf is a rescued table of one table of the register. row makes the cells of a row from its columns.
func (r *rescuer) sheetOf(name, table, columns string, titles []sheet.Column, row func(id int64, values []any) []string) rescuedTable {
	return rescuedTable{sheet.Table{Name: name, Format: sheet.XLSX, Columns: titles},
		func(ctx context.Context, write func([]string) error) (RescuedTable, error) {
			rows, err := r.EachRow(ctx, table, columns, func(id int64, values []any) error { return write(row(id, values)) })
			return RescuedTable{Name: name, Rows: rows.N, Skipped: r.skipped(rows)}, err
		}}
}

// skipped says which rows could not be read.
func (r *rescuer) skipped(rows wreckRows) (texts []string) {
	for _, g := range rows.Gaps {
		if g.To == r.Highest {
			texts = append(texts, r.say(model.Say("from number {{.From}} on", "From", g.From)))
			continue
		}
		texts = append(texts, r.say(model.Say("numbers {{.From}} to {{.To}}", "From", g.From, "To", g.To)))
	}
	return texts
}

func (r *rescuer) column(text model.Text, kind sheet.Kind) sheet.Column {
	return sheet.Column{Title: r.say(text), Kind: kind}
}

// name is the company name of an account, or its number in the register where the account is lost.
func (r *rescuer) name(id any) string {
	known, ok := r.accounts[numberOf(id)]
	switch {
	case ok:
		return known.name
	case id == nil:
		return ""
	}
	return "? " + textOf(id)
}

func (r *rescuer) yes(value any) string {
	if numberOf(value) != 0 {
		return r.say(model.Say("Yes"))
	}
	return r.say(model.Say("No"))
}

// detail is the sentence of an entry of the log.
func (r *rescuer) detail(value any) string {
	var text model.Text
	if err := json.Unmarshal([]byte(textOf(value)), &text); err != nil {
		return textOf(value)
	}
	return r.say(text)
}

// tagsOf are the tags of an upload.
func tagsOf(value any) string {
	var tags []string
	if err := json.Unmarshal([]byte(textOf(value)), &tags); err != nil {
		return textOf(value)
	}
	return strings.Join(tags, ", ")
}

// deviceStatus is what is known of a device.
func (r *rescuer) deviceStatus(deleted, failure any, upload rescuedUpload) string {
	switch {
	case deleted != nil:
		return r.say(model.Say("Deleted"))
	case failure != nil:
		return r.word(model.MPTSError.String())
	case upload.approved:
		return r.word(model.VerifiedDevice.String())
	}
	return r.word(model.PendingDevice.String())
}

// textOf is a value as a cell shows it, whatever it is.
func textOf(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case string:
		return strings.ToValidUTF8(v, "\uFFFD")
	case []byte:
		return strings.ToValidUTF8(string(v), "\uFFFD")
	case time.Time: // what the driver makes of a column that it takes for one
		return v.Format(time.DateTime)
	}
	return fmt.Sprint(value)
}

// momentOf is a time of the register as a cell of a DateTime column, else the value as it is.
func momentOf(value any) string {
	at, ok := value.(int64)
	if !ok || at < 0 || at > lastMoment {
		return textOf(value)
	}
	return time.UnixMilli(at).Local().Format(time.DateTime)
}

// numberOf is a whole number, 0 if the value is none.
func numberOf(value any) int64 {
	n, _ := value.(int64)
	return n
}
