package safe

import (
	"context"
	"hash/fnv"
	"path/filepath"
	"strconv"
	"time"

	"fyne.io/fyne/v2/lang"

	"consign/data"
	"consign/data/sheet"
	"consign/model"
	"consign/ui/grid"
	"consign/ui/page"
)

// Read reads a list of backups.
type Read func(context.Context) ([]data.Backup, error)

// List describes the backups of a register by date, with what each holds. A row is opened to restore it, or for what title says instead.
func List(read Read, title string, restore func(data.Backup)) page.List[data.Backup] {
	l := page.List[data.Backup]{
		Name: "backups", Title: lang.L("Backups"), SearchHint: lang.L("Search a date or a name"), Columns: columns(),
		Row: func(ctx context.Context, id int64) (data.Backup, error) {
			list, err := read(ctx)
			for _, b := range list {
				if idOf(b) == id {
					return b, nil
				}
			}
			if err == nil {
				err = model.Fail(model.NotFound, "This backup is not there any more.")
			}
			return data.Backup{}, err
		},
		Open: restore,
		Actions: []page.Action[data.Backup]{{
			Title: func(int) string { return title }, One: true, Button: true,
			Can: func(b data.Backup) error { return b.Fault },
			Do:  func(s page.Selected[data.Backup]) { restore(s.Row) },
		}},
		Nothing: grid.State{Title: lang.L("There is no backup yet."),
			Text: lang.L("Consign makes one at the first start of each day, and before it deletes many devices.")},
	}
	l.Source = source(read, l.Columns)
	return l
}

// NewView is the list where there is no desk to lay a page on.
func NewView(read Read) *grid.View[data.Backup] {
	described := columns()
	columns := make([]grid.Column[data.Backup], len(described))
	for i, c := range described {
		columns[i] = c.Column
	}
	v := grid.NewView("backups", source(read, described), columns)
	v.ErrorText = page.ErrorText
	v.SetPlaceHolder(lang.L("Search a date or a name"))
	return v
}

func source(read Read, described []page.Column[data.Backup]) grid.Source[data.Backup] {
	s := &grid.Slice[data.Backup]{Rows: read, ID: idOf}
	for _, c := range described {
		s.Columns = append(s.Columns, c.Column)
	}
	return s
}

// idOf tells a backup from the others, by its path.
func idOf(b data.Backup) int64 {
	h := fnv.New64a()
	h.Write([]byte(b.Path))
	return int64(h.Sum64() >> 1)
}

func columns() []page.Column[data.Backup] {
	var moments []string // a long one of every month
	for month := time.January; month <= time.December; month++ {
		moments = append(moments, page.DateTime(time.Date(2000, month, 28, 20, 58, 0, 0, time.Local)))
	}
	text := func(id, title string, most float32, says func(data.Backup) string) page.Column[data.Backup] {
		return page.Column[data.Backup]{Column: grid.Column[data.Backup]{ID: id, Title: title, Width: 96, Most: most, Sortable: true,
			Text: says}}
	}
	made := page.TimeColumn("made", lang.L("MADE"), func(b data.Backup) time.Time { return b.At })
	made.Short, made.Words = nil, moments
	devices := page.NumberColumn("devices", lang.L("DEVICES"), func(b data.Backup) int { return b.Contents.Devices })
	uploads := page.NumberColumn("uploads", lang.L("UPLOADS"), func(b data.Backup) int { return b.Contents.Uploads })
	for _, c := range []*page.Column[data.Backup]{&devices, &uploads} { // what cannot be read has no figures
		number := c.Text
		c.Text = func(b data.Backup) string {
			if b.Fault != nil {
				return ""
			}
			return number(b)
		}
	}
	last := page.TimeColumn("last", lang.L("LAST ACT"), func(b data.Backup) time.Time { return b.Contents.LastAct.At })
	last.Short, last.Words = nil, moments
	size := page.Column[data.Backup]{Column: grid.Column[data.Backup]{ID: "size", Title: lang.L("SIZE"), Width: 76, Align: grid.Trailing,
		Sortable: true,
		Text:     func(b data.Backup) string { return Bytes(b.Contents.Size) },
		Compare:  func(a, b data.Backup) int { return int(a.Contents.Size - b.Contents.Size) }},
		Kind: sheet.Number, Cell: func(b data.Backup) string { return strconv.FormatInt(b.Contents.Size, 10) }}
	event := text("act", lang.L("EVENT"), 180, eventOf)
	event.Hidden = true
	name := text("name", lang.L("FILE"), 300, func(b data.Backup) string { return filepath.Base(b.Path) })
	name.Hidden = true
	return []page.Column[data.Backup]{
		made,
		text("kind", lang.L("KIND"), 180, kind),
		devices, uploads, last,
		event,
		text("by", lang.L("PERFORMED BY"), 180, func(b data.Backup) string { return b.Contents.LastAct.PerformedBy }),
		size,
		{Column: grid.Column[data.Backup]{ID: "state", Title: lang.L("STATUS"), Width: 96, Sortable: true, Badge: state}},
		name,
	}
}

func eventOf(b data.Backup) string {
	if b.Contents.LastAct.ID == 0 {
		return ""
	}
	return page.Word(b.Contents.LastAct.Event)
}

// kind is how a backup came to be.
func kind(b data.Backup) string {
	switch {
	case b.Kept:
		return lang.L("Before a restore")
	case b.Second:
		return lang.L("Second folder")
	}
	return lang.L("Automatic")
}

// state is what forbids restoring a backup, in a word.
func state(b data.Backup) (string, grid.Look) {
	switch model.CodeOf(b.Fault) {
	case "":
		return lang.L("Readable"), grid.Plain
	case model.Damaged:
		return lang.L("Damaged"), grid.Bad
	case model.Newer:
		return lang.L("Too new"), grid.Waiting
	case model.NotRegister:
		return lang.L("No register"), grid.Bad
	}
	return lang.L("Not readable"), grid.Bad
}
