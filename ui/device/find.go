package device

import (
	"context"
	"strings"
	"time"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"golang.org/x/text/unicode/norm"

	"consign/data"
	"consign/model"
	"consign/ui/control"
	"consign/ui/grid"
	"consign/ui/page"
	"consign/ui/task"
)

const (
	findMost  = 50                     // devices shown at once
	findDelay = 150 * time.Millisecond // after the last key before it is asked
	findWidth = 940                    // of the box, with which an upload that a device waits in is named whole
)

// ShowFind opens the box that finds a device of any account of ours by any part of any identifier (Ctrl+K). Arrows choose, Enter or a
// click opens the device's card, Esc or a click elsewhere leaves. Several identifiers that are pasted are a list: byList looks it up.
func ShowFind(d page.Desk, byList func(text string)) {
	d.Register().Devices().ExpectSearch()
	f := newFind(d)
	f.byList = byList
	canvas := d.Window().Canvas()
	size := canvas.Size()
	width, height := min(findWidth, size.Width-32), min(440, size.Height-64)
	whole := control.WithTips(f.content)
	f.popup = widget.NewPopUp(whole, canvas)
	f.popup.Resize(fyne.NewSize(width, height))
	f.popup.ShowAtPosition(fyne.NewPos((size.Width-width)/2, min(64, (size.Height-height)/2)))
	control.Holds(canvas, whole)
	control.Answer(canvas, control.Keys{Enter: f.submit, Escape: f.leave})
	canvas.Focus(f.entry)
}

// find is the open box.
type find struct {
	desk    page.Desk
	popup   *widget.PopUp
	content fyne.CanvasObject
	entry   *findEntry
	table   *grid.Table[match]
	note    *control.Name
	middle  *widget.Label // in the place of the rows, while there are none
	timer   *time.Timer
	byList  func(text string)
	enter   bool // Enter was pressed before the answer came
}

func newFind(d page.Desk) *find {
	f := &find{desk: d, note: control.NewName("", 0), middle: widget.NewLabelWithStyle("", fyne.TextAlignCenter, fyne.TextStyle{})}
	f.note.SizeName = theme.SizeNameCaptionText
	f.middle.Wrapping = fyne.TextWrapWord
	f.table = grid.NewTable("find", &findSource{d.Register().Devices()}, f.columns())
	f.table.OnOpen = f.open
	f.table.OnAnswer = f.answered
	f.entry = newFindEntry(f)
	f.content = container.New(layout.NewCustomPaddedLayout(6, 0, 6, 6),
		container.NewBorder(f.entry, f.note, nil, nil,
			container.NewStack(f.table, container.NewVBox(layout.NewSpacer(), f.middle, layout.NewSpacer()))))
	f.say()
	return f
}

// match is a device that was found.
type match struct {
	data.DeviceCard
	identifier string // that holds what was searched
}

func (f *find) columns() []grid.Column[match] {
	return []grid.Column[match]{
		{ID: "identifier", Title: lang.L("IMEI/MEID/SERIAL NUMBER"), Width: 205, Mono: true, Opens: true,
			Text: func(m match) string { return m.identifier }},
		{ID: "model", Title: lang.L("MODEL"), Width: 95, Text: func(m match) string { return m.Model }},
		{ID: "reseller", Title: lang.L("RESELLER"), Width: 150, Most: 300, Text: func(m match) string { return m.Reseller }},
		{ID: "customer", Title: lang.L("CUSTOMER"), Width: 250, Most: 320, Text: holder},
		{ID: "status", Title: lang.L("STATUS"), Width: 110, Badge: func(m match) (string, grid.Look) { return status(m.DeviceCard) }},
	}
}

// holder is who has the device, or where it waits.
func holder(m match) string {
	if m.Waits {
		return lang.L("waits in an upload of {{.Reseller}}", map[string]any{"Reseller": m.Reseller})
	}
	return m.Holder
}

// matching is the identifier that holds what was searched, else the one that stands for the device.
func matching(ids model.Identifiers, search string) string {
	search = norm.NFKC.String(search)
	needle := strings.ToUpper(search)
	if reading := model.ReadIdentifier(search, model.AnyIdentifier); reading.Value != "" {
		needle = reading.Value
	}
	for _, s := range [...]string{ids.IMEI1, ids.IMEI2, ids.MEID, ids.Serial} {
		if needle != "" && strings.Contains(s, needle) {
			return s
		}
	}
	return ids.First()
}

func (f *find) text() string { return strings.TrimSpace(f.entry.Text) }

// typed asks for what stands in the box once it rests.
func (f *find) typed() {
	f.enter = false
	f.stop()
	if task.Inline {
		f.ask()
		return
	}
	f.timer = time.AfterFunc(findDelay, func() { fyne.Do(f.ask) })
}

func (f *find) stop() {
	if f.timer != nil {
		f.timer.Stop()
		f.timer = nil
	}
}

func (f *find) ask() {
	f.stop()
	if text := f.text(); text != f.table.Question().Search {
		f.table.SetQuestion(grid.Question{Search: text})
	}
}

// submit opens the chosen device, or the only one as soon as the answer is there: a scanner ends with Enter.
func (f *find) submit() {
	f.stop()
	if text := f.text(); f.byList != nil && isList(text) {
		f.leave()
		f.byList(text)
		return
	}
	if f.text() != f.table.Question().Search || f.table.Busy() {
		f.enter = true
		f.ask()
		return
	}
	if m, ok := f.table.Current(); ok {
		f.open(m)
	}
}

func (f *find) answered() {
	f.say()
	if f.table.Busy() || f.table.Err() != nil || f.table.Len() == 0 {
		return
	}
	f.table.GoTo(0)
	if f.enter && f.table.Len() == 1 {
		if m, ok := f.table.Current(); ok {
			f.open(m)
		}
	}
	f.enter = false
}

// say tells how it stands: below the rows, or in their place while there are none.
func (f *find) say() {
	note, middle := "", ""
	f.middle.Importance = widget.MediumImportance
	switch search := f.table.Question().Search; {
	case f.table.Err() != nil:
		f.middle.Importance = widget.DangerImportance
		middle = page.ErrorText(f.table.Err())
	case search == "":
		middle = lang.L("Type, paste or scan any part of an IMEI, a MEID or a serial number.")
	case f.table.Busy():
		note = lang.L("Searching…")
	case f.table.Len() == 0:
		middle = nothing(search)
	case f.table.Len() == findMost:
		note = lang.L("The first {{.Count}} are shown. Type more to find the one.", map[string]any{"Count": page.Number(findMost)})
	default:
		note = lang.N("{{.Count}} devices found. Enter opens the chosen one.", f.table.Len(), map[string]any{"Count": page.Number(f.table.Len())})
	}
	f.note.SetText(note)
	f.middle.SetText(middle)
}

// nothing says that no device matches, and what was searched if that explains it.
func nothing(search string) string {
	reading := model.ReadIdentifier(search, model.AnyIdentifier)
	text := lang.L("No device matches “{{.Search}}”.", map[string]any{"Search": search})
	switch {
	case reading.Value != "":
		return lang.L("No device of ours has the {{.Kind}} {{.Value}}.", map[string]any{"Kind": page.Word(reading.Kind), "Value": reading.Value})
	case len(search) >= wholeLength:
		return text + " " + page.Words(reading.Reason.Text())
	}
	return text
}

// wholeLength is how long a text is that is meant as a whole identifier rather than a part of one.
const wholeLength = 11

func (f *find) open(m match) {
	f.leave()
	ShowCard(f.desk, m.ID)
}

func (f *find) leave() {
	f.stop()
	f.popup.Hide()
}

// findEntry is the box: it keeps the focus while the arrows move in the table.
type findEntry struct {
	control.Entry
	find *find
}

func newFindEntry(f *find) *findEntry {
	e := &findEntry{find: f}
	e.ExtendBaseWidget(e)
	e.Icon = theme.SearchIcon()
	e.SetPlaceHolder(lang.L("Find a device"))
	e.OnChanged = func(string) { f.typed() }
	return e
}

// TypedShortcut implements fyne.Shortcutable: several lines that are pasted are a list.
func (e *findEntry) TypedShortcut(s fyne.Shortcut) {
	if paste, pastes := s.(*fyne.ShortcutPaste); pastes && e.find.byList != nil && isList(paste.Clipboard.Content()) {
		text := paste.Clipboard.Content()
		e.find.leave()
		e.find.byList(text)
		return
	}
	e.Entry.TypedShortcut(s)
}

// isList tells whether a text names several devices: lines, or identifiers with nothing but separators between them.
func isList(text string) bool {
	identifiers := 0
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == ';' }) {
		if model.ReadIdentifier(part, model.AnyIdentifier).Value != "" {
			identifiers++
		}
	}
	return identifiers > 1
}

// TypedKey implements fyne.Focusable.
func (e *findEntry) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown:
		e.find.table.TypedKey(k)
	case fyne.KeyReturn, fyne.KeyEnter:
		e.find.submit()
	default:
		e.Entry.TypedKey(k)
	}
}

// findSource answers a search over all devices of our accounts, and nothing while nothing is searched.
type findSource struct{ devices data.Devices }

// Ask implements grid.Source.
func (s *findSource) Ask(ctx context.Context, q grid.Question) (grid.Answer[match], error) {
	if q.Search == "" {
		return found(nil), nil
	}
	cards, err := s.devices.Find(ctx, q.Search, findMost)
	matches := make(found, len(cards))
	for i, card := range cards {
		matches[i] = match{card, matching(card.Identifiers, q.Search)}
	}
	return matches, err
}

// CountAll implements grid.Source: nobody asks how many devices there are at all.
func (s *findSource) CountAll(context.Context) (int, error) { return 0, nil }

// found is the answer to a search.
type found []match

// Len implements grid.Answer.
func (f found) Len() int { return len(f) }

// ID implements grid.Answer.
func (f found) ID(i int) int64 { return f[i].ID }

// Row implements grid.InMemory.
func (f found) Row(i int) match { return f[i] }

// Positions implements grid.Answer.
func (f found) Positions(ids map[int64]struct{}) map[int64]int {
	at := map[int64]int{}
	for i, m := range f {
		if _, wanted := ids[m.ID]; wanted {
			at[m.ID] = i
		}
	}
	return at
}

// Fetch implements grid.Answer.
func (f found) Fetch(ctx context.Context, positions []int, take func(int, match)) error {
	for _, i := range positions {
		take(i, f[i])
	}
	return ctx.Err()
}
