package bylist

import (
	"context"
	"iter"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"

	"consign/data/intake"
	"consign/data/sheet"
	"consign/model"
	"consign/ui/control"
	"consign/ui/grid"
	"consign/ui/page"
	"consign/ui/review"
)

// line is a line of the list with what is known of its device.
type line struct {
	at     int64 // among the lines, from 1
	number int   // in the list
	is     model.Sought
	device model.Device // as the viewer sees it; only the identifiers where it does not
	cell   string       // as it stands in the list, of a line without a device
	why    model.Text
}

// mayAct tells whether the viewer has the device.
func (l line) mayAct() bool { return l.is == model.SoughtFound || l.is == model.SoughtThere }

// sought gives the lines that name a device, whether it is confirmed or not: that it is found proves it. One that repeats a device may name
// another one beside it.
func (x *lookUp) sought() iter.Seq[intake.Line] {
	return func(yield func(intake.Line) bool) {
		for _, r := range x.review.Reviews() {
			for _, i := range r.Indexes(model.OK, model.Fixed, model.Warning, model.DuplicateInFile) {
				if l := r.Line(int(i)); !l.LeftOut && !l.Device.Empty() && !yield(l) {
					return
				}
			}
		}
	}
}

// unread are the lines that name no device.
func (x *lookUp) unread() (lines []line) {
	for _, r := range x.review.Reviews() {
		for _, i := range r.Indexes(model.Rejected) {
			if l := r.Line(int(i)); !l.LeftOut {
				lines = append(lines, line{number: l.Number, is: model.SoughtUnread, device: model.Device{Identifiers: l.Device.Identifiers},
					why: l.Reason, cell: firstCell(l.Cells)})
			}
		}
	}
	return lines
}

func firstCell(cells []string) string {
	if i := slices.IndexFunc(cells, func(s string) bool { return s != "" }); i >= 0 {
		return cells[i]
	}
	return ""
}

// seek looks the devices of the list up and shows what was found.
func (x *lookUp) seek() {
	var list []model.Identifiers
	var wanted []wanted // of each of the list
	x.named = map[string]bool{}
	for l := range x.sought() {
		for _, w := range apart(l.Number, l.Device.Identifiers) {
			list, wanted = append(list, w.as), append(wanted, w)
			x.named[w.text] = true
		}
	}
	lines := x.unread()
	devices := x.desk.Register().Devices()
	x.desk.RunAsync(lang.L("Looking up devices"), func(ctx context.Context, _ func(int, int)) error {
		found, err := devices.Seek(ctx, x.View, x.Here, list)
		if err != nil {
			return err
		}
		var ids []int64
		for _, s := range found {
			if s.Is == model.SoughtFound || s.Is == model.SoughtThere {
				ids = append(ids, s.DeviceID)
			}
		}
		rows, err := rowsOf(ctx, x.desk, x.View, ids)
		if err != nil {
			return err
		}
		lines = append(lines, verdicts(wanted, found, rows)...)
		return nil
	}, func() {
		if x.left {
			return
		}
		slices.SortStableFunc(lines, func(a, b line) int { return a.number - b.number })
		for i := range lines {
			lines[i].at = int64(i + 1)
		}
		x.lines = lines
		x.show()
	})
}

// rowsOf reads the devices as the viewer sees them, or as the first of our accounts does.
func rowsOf(ctx context.Context, d page.Desk, view model.View, ids []int64) (map[int64]model.Device, error) {
	views := []model.View{view}
	if view.Account == 0 {
		var err error
		if views, err = page.OurViews(ctx, d.Register().Accounts()); err != nil {
			return nil, err
		}
	}
	found := make(map[int64]model.Device, len(ids))
	for _, v := range views {
		rows, err := d.Register().Devices().Rows(ctx, v, ids)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			if known, has := found[row.ID]; !has || known.Customer == "" {
				found[row.ID] = row
			}
		}
	}
	return found, nil
}

// show shows the lines with their verdicts.
func (x *lookUp) show() {
	source := &grid.Slice[line]{
		Rows: func(context.Context) ([]line, error) { return x.lines, nil }, ID: func(l line) int64 { return l.at },
		Match: func(l line, f map[string]string) bool { return f["is"] == "" || f["is"] == l.is.String() },
	}
	columns := columns()
	shown := make([]grid.Column[line], len(columns))
	for i, c := range columns {
		shown[i] = c.Column
	}
	source.Columns = shown
	x.view = grid.NewView("bylist.found", source, shown, grid.Filter{ID: "is", Title: lang.L("Verdict"),
		Options: func(context.Context) (options []grid.Option, _ error) {
			for _, is := range model.SoughtKinds {
				options = append(options, grid.Option{Value: is.String(), Text: page.Word(is)})
			}
			return options, nil
		}})
	x.view.Table.SizeByContent()
	x.view.Table.SetEmpty(x.empty(columns))
	x.view.SetPlaceHolder(lang.L("Search in the lines"))
	x.view.Table.OnSelectionChanged = x.arm
	x.view.Table.Actions = x.explained
	x.view.Table.OnOpen = func(l line) {
		if l.mayAct() && x.Open != nil {
			x.Open(l.device.ID)
		}
	}
	x.offer(true)
	back := control.NewButtonWithIcon(lang.L("Back to the list"), theme.NavigateBackIcon(), x.showList)
	x.arm()
	x.preview.Show(control.BelowButton(back, x.view), x.says(), nil)
	first := fyne.Focusable(x.view.Table)
	for _, b := range []*control.Button{x.preview.Submit, x.actions} {
		if b.Visible() && !b.Disabled() {
			first = b
			break
		}
	}
	x.desk.Window().Canvas().Focus(first)
}

// empty are the columns that say nothing of the list: those without a text, and the second IMEIs and serial numbers of devices that it
// names otherwise.
func (x *lookUp) empty(columns []page.Column[line]) map[string]bool {
	empty := map[string]bool{}
	for _, c := range columns {
		says := func(l line) bool { return c.String(l) != "" }
		if c.ID == imei2Column || c.ID == serialColumn {
			says = func(l line) bool { return x.named[c.Text(l)] }
		}
		empty[c.ID] = !slices.ContainsFunc(x.lines, says)
	}
	return empty
}

// explained is the menu of the lines: what the verdict of the current one means.
func (x *lookUp) explained(grid.Selection) []*fyne.MenuItem {
	items := []*fyne.MenuItem{fyne.NewMenuItem(lang.L("Copy"), func() { x.view.Table.CopyAsync(true) })}
	if l, ok := x.view.Table.Current(); ok {
		return append(items, fyne.NewMenuItemSeparator(), review.ExplainSought(l.is).Item(x.desk.Window(), page.Words(l.why)))
	}
	return items
}

// says counts the lines by their verdicts.
func (x *lookUp) says() string {
	counts := map[model.Sought]int{}
	for _, l := range x.lines {
		counts[l.is]++
	}
	text := ""
	for _, is := range model.SoughtKinds {
		if n := counts[is]; n > 0 {
			if text != "" {
				text += " · "
			}
			text += page.Number(n) + " " + page.Word(is)
		}
	}
	return text
}

// chosen are the devices to act on: those selected in the table that were found, or all of these if none is selected.
func (x *lookUp) chosen() map[int64]struct{} {
	selected := x.view.Table.Selection()
	some := selected.Count() > 0
	ids := map[int64]struct{}{}
	for _, l := range x.lines {
		if l.mayAct() && (!some || selected.Has(l.at)) {
			ids[l.device.ID] = struct{}{}
		}
	}
	return ids
}

// onPage are those of the chosen that the page has: of a customer's page those that are there.
func (x *lookUp) onPage() map[int64]struct{} {
	ids := x.chosen()
	for _, l := range x.lines {
		if x.Here != 0 && l.is != model.SoughtThere {
			delete(ids, l.device.ID)
		}
	}
	return ids
}

// arm says on the buttons how many devices are meant.
func (x *lookUp) arm() {
	n := len(x.chosen())
	none := lang.L("No line is a device for this.")
	x.actions.Allow(n > 0, none)
	picked := len(x.onPage())
	x.pick.Allow(picked > 0, none)
	x.pick.SetText(lang.N("Select {{.Count}} devices on the page", picked, map[string]any{"Count": page.Number(picked)}))
	if x.Main != nil {
		x.preview.Can(x.Main.Title(n), n > 0)
	}
}

func (x *lookUp) do(a page.Action[model.Device]) {
	if err := page.Refusal(x.desk, a); err != nil {
		x.desk.Fail(err)
		return
	}
	ids := x.chosen()
	s := page.Selected[model.Device]{Selection: grid.Selection{IDs: ids, Shown: len(ids)}}
	for _, l := range x.lines {
		if _, chosen := ids[l.device.ID]; chosen && a.One {
			s.Row = l.device
		}
	}
	a.Do(s)
}

// showActions opens the page's actions.
func (x *lookUp) showActions() {
	n := len(x.chosen())
	var items []*fyne.MenuItem
	for _, a := range x.Actions {
		items = append(items, page.MenuItem(a, n, page.Refusal(x.desk, a), func() { x.do(a) }))
	}
	control.ShowMenuBelow(x.actions, items)
}

// selectOnPage selects the devices on the page that is under the dialog.
func (x *lookUp) selectOnPage() {
	ids := make([]int64, 0, len(x.lines))
	for id := range x.onPage() {
		ids = append(ids, id)
	}
	x.preview.Hide()
	x.Select(ids)
}

// exportLines saves every line with its verdict.
func (x *lookUp) exportLines() {
	all := columns()
	page.SaveTableAsync(x.desk, lang.L("By list"), sheet.XLSX, all, len(x.lines), func(ctx context.Context, f func(line) error) error {
		for _, l := range x.lines {
			if err := f(l); err != nil {
				return err
			}
		}
		return ctx.Err()
	})
}

// The columns of identifiers that stand only where the list names one.
const (
	imei2Column  = "imei2"
	serialColumn = "serial"
)

// columns show a line with its verdict and why it has it, then the device.
func columns() []page.Column[line] {
	text := func(id, title string, width, most float32, mono bool, says func(line) string) page.Column[line] {
		c := page.Column[line]{Column: grid.Column[line]{ID: id, Title: title, Width: width, Most: most, Mono: mono, Sortable: true,
			Text: says}}
		if mono {
			c.Letters = page.IdentifierLetters
		}
		return c
	}
	uploaded := page.TimeColumn("uploaded", lang.L("UPLOADED"), func(l line) time.Time { return l.device.UploadedAt })
	uploaded.Hidden = true
	return []page.Column[line]{
		page.NumberColumn("line", lang.L("LINE"), func(l line) int { return l.number }),
		page.WordsColumn("is", lang.L("VERDICT"), model.SoughtKinds, func(l line) (string, grid.Look) {
			switch l.is {
			case model.SoughtFound:
				return page.Word(l.is), grid.Good
			case model.SoughtNowhere, model.SoughtUnread:
				return page.Word(l.is), grid.Bad
			}
			return page.Word(l.is), grid.Waiting
		}),
		text("imei", lang.L("IMEI/MEID"), 150, 0, true, func(l line) string {
			switch d := l.device; {
			case d.IMEI1 != "":
				return d.IMEI1
			case d.Identifiers.Empty():
				return l.cell
			default:
				return d.MEID
			}
		}),
		text("why", lang.L("REASON"), 170, 600, false, func(l line) string { return page.Words(l.why) }),
		text("customer", lang.L("CUSTOMER"), 130, 340, false, func(l line) string { return l.device.Customer }),
		text("model", lang.L("MODEL"), 90, 140, false, func(l line) string { return l.device.Model }),
		text(serialColumn, lang.L("SERIAL NUMBER"), 125, 0, true, func(l line) string { return l.device.Serial }),
		text("status", lang.L("STATUS"), 90, 140, false, func(l line) string {
			if !l.mayAct() {
				return ""
			}
			return page.Word(l.device.Status)
		}),
		text(imei2Column, lang.L("IMEI 2"), 150, 0, true, func(l line) string { return l.device.IMEI2 }),
		uploaded,
	}
}
