// Package lists brings in lists that are no uploads, each after showing what it will do: devices to delete, the portal's error
// report, the directory of accounts. Everything in it belongs to Fyne's goroutine unless it says otherwise.
package lists

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"consign/data"
	"consign/data/intake"
	"consign/data/sheet"
	"consign/model"
	"consign/ui/control"
	"consign/ui/grid"
	"consign/ui/page"
	"consign/ui/review"
)

// ShowAccountsImport brings a spreadsheet of accounts into the directory (domain §1), after showing a verdict per line.
func ShowAccountsImport(d page.Desk) {
	page.AskFilesAsync(d.Window(), page.Files{Title: lang.L("Open a directory of accounts"), Name: lang.L("Tables"), Endings: sheet.Endings},
		func(paths []string) { showAccountsImport(d, paths[0], func() {}) })
}

// showAccountsImport shows what the accounts at path would do, and calls then when that is answered.
func showAccountsImport(d page.Desk, path string, then func()) {
	page.Read(d, func(ctx context.Context) ([]intake.AccountLine, error) {
		f, err := sheet.Open(path)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		lines, err := intake.ReadAccounts(ctx, f)
		if err != nil {
			return nil, err
		}
		ids, err := d.Register().Accounts().IDs(ctx, model.AccountQuery{})
		if err != nil {
			return nil, err
		}
		known, err := d.Register().Accounts().Rows(ctx, ids)
		intake.CompareAccounts(lines, known)
		return lines, err
	}, func(lines []intake.AccountLine) { previewAccounts(d, lines, then) })
}

// accountImport is an import of accounts in the making: what its lines would do, and which of the doubtful ones a person has ticked.
type accountImport struct {
	desk     page.Desk
	lines    []intake.AccountLine
	ticked   map[int]bool // by line number
	reseller model.Account
	preview  *page.Preview
	view     *grid.View[intake.AccountLine]
	all      *control.Check // ticks every doubtful line
	pages    *control.Check // puts them on the Customers page, too
}

func previewAccounts(d page.Desk, lines []intake.AccountLine, then func()) {
	x := &accountImport{desk: d, lines: lines, ticked: map[int]bool{}, reseller: d.Acting(model.Reseller)}
	columns := x.columns()
	x.view = grid.NewView("accounts.lines", &grid.Slice[intake.AccountLine]{
		Rows: func(context.Context) ([]intake.AccountLine, error) { return lines, nil },
		ID:   func(l intake.AccountLine) int64 { return int64(l.Number) }, Columns: columns,
		Match: func(l intake.AccountLine, f map[string]string) bool {
			return f["change"] == "" || changeWord(l) == f["change"]
		},
	}, columns, grid.Filter{ID: "change", Title: lang.L("Change"), Options: func(context.Context) ([]grid.Option, error) {
		var options []grid.Option
		for _, word := range changeWords() {
			options = append(options, grid.Option{Value: word, Text: word})
		}
		return options, nil
	}})
	x.view.SetPlaceHolder(lang.L("Search in the lines"))
	x.view.Table.OnOpen = x.tick
	x.view.Table.Actions = x.actions
	x.all, x.pages = control.NewCheck("", nil), control.NewCheck("", nil)
	x.pages.Checked = true
	x.pages.OnChanged = func(bool) { x.say() }
	n := len(x.doubtful())
	x.all.Text = lang.N("Take {{.Count}} changes and warnings", n, map[string]any{"Count": page.Number(n)})
	x.all.Hidden = n == 0
	x.all.OnChanged = func(yes bool) { x.tickAll(x.doubtful(), yes) }
	x.preview = page.NewPreview(d, lang.L("Import accounts"), "", widget.HighImportance, x.submit)
	x.preview.OnHide = then
	x.say()
	says := lang.L("New accounts are added to the directory. A line that changes a known one is taken when it is ticked: Enter, " +
		"a double click or a right click.")
	x.preview.Show(control.InOrder(nil, nil, x.view, nil, container.NewVBox(x.all, x.pages)), says, x.view.First())
}

// changeWord is what a line does to the register, in a word.
func changeWord(l intake.AccountLine) string {
	words := changeWords()
	if l.Verdict >= model.DuplicateInFile {
		return words[4]
	}
	return words[l.Change]
}

// changeWords are all that a line can do, in the order of intake's changes; the last is nothing at all.
func changeWords() []string {
	return []string{lang.L("new"), lang.L("same"), lang.L("changes"), lang.L("other kind"), lang.L("not taken")}
}

func (x *accountImport) columns() []grid.Column[intake.AccountLine] {
	text := func(id, title string, width, most float32, says func(intake.AccountLine) string) grid.Column[intake.AccountLine] {
		return grid.Column[intake.AccountLine]{ID: id, Title: title, Width: width, Most: most, Sortable: true, Text: says}
	}
	number := text("line", lang.L("LINE"), 60, 0, func(l intake.AccountLine) string { return page.Number(l.Number) })
	number.Align, number.Sortable = grid.Trailing, false
	id := text("id", lang.L("KNOX ID"), 115, 0, func(l intake.AccountLine) string { return l.Account.KnoxID })
	id.Mono = true
	return []grid.Column[intake.AccountLine]{
		number,
		{ID: "verdict", Title: lang.L("VERDICT"), Width: 110, Badge: func(l intake.AccountLine) (string, grid.Look) {
			return review.VerdictLook(intake.Line{Verdict: l.Verdict, Confirmed: x.ticked[l.Number]})
		}},
		{ID: "change", Title: lang.L("CHANGE"), Words: changeWords(), Sortable: true, Badge: func(l intake.AccountLine) (string, grid.Look) {
			looks := map[intake.AccountChange]grid.Look{intake.NewAccount: grid.Good, intake.ChangedAccount: grid.Waiting,
				intake.OtherKind: grid.Waiting}
			look := looks[l.Change]
			if l.Verdict >= model.DuplicateInFile {
				look = grid.Plain
			}
			return changeWord(l), look
		}},
		text("name", lang.L("COMPANY NAME"), 260, 460, func(l intake.AccountLine) string {
			if l.Change == intake.ChangedAccount && l.Was.CompanyName != l.Account.CompanyName {
				return l.Was.CompanyName + " › " + l.Account.CompanyName
			}
			return l.Account.CompanyName
		}),
		text("kind", lang.L("TYPE"), 95, 0, func(l intake.AccountLine) string { return page.Word(l.Account.Kind) }),
		id,
		text("reason", lang.L("REASON"), 260, 700, func(l intake.AccountLine) string { return page.Words(l.Reason) }),
		text("country", lang.L("COUNTRY"), 110, 0, func(l intake.AccountLine) string {
			if l.Change == intake.ChangedAccount && l.Was.Country != l.Account.Country {
				return page.Country(l.Was.Country) + " › " + page.Country(l.Account.Country)
			}
			return page.Country(l.Account.Country)
		}),
		text("reference", lang.L("INTERNAL REFERENCE"), 130, 0, func(l intake.AccountLine) string { return l.InternalReference }),
	}
}

// doubtful are the lines that are taken only when they are ticked.
func (x *accountImport) doubtful() []intake.AccountLine {
	return slices.DeleteFunc(slices.Clone(x.lines), func(l intake.AccountLine) bool { return l.Verdict != model.Warning })
}

// tick takes a doubtful line, or leaves it again.
func (x *accountImport) tick(l intake.AccountLine) {
	if l.Verdict == model.Warning {
		x.tickAll([]intake.AccountLine{l}, !x.ticked[l.Number])
	}
}

func (x *accountImport) tickAll(lines []intake.AccountLine, yes bool) {
	for _, l := range lines {
		x.ticked[l.Number] = yes
	}
	x.view.Table.Reload()
	x.say()
}

// actions are what can be done with the selected lines.
func (x *accountImport) actions(s grid.Selection) []*fyne.MenuItem {
	lines := slices.DeleteFunc(x.doubtful(), func(l intake.AccountLine) bool { return !s.Has(int64(l.Number)) })
	take := fyne.NewMenuItem(lang.L("Take the change"), func() { x.tickAll(lines, true) })
	leave := fyne.NewMenuItem(lang.L("Leave it as it is"), func() { x.tickAll(lines, false) })
	if len(lines) == 0 {
		for _, item := range []*fyne.MenuItem{take, leave} {
			item.Disabled, item.Shortcut = true, control.Because(lang.L("Nothing is asked about in these lines."))
		}
	}
	return []*fyne.MenuItem{take, leave, fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(lang.L("Copy"), func() { x.view.Table.CopyAsync(true) })}
}

// taken are the accounts to import: those that the register has as they are only for the sake of the Customers page.
func (x *accountImport) taken() []data.NewCustomer {
	var accounts []data.NewCustomer
	for _, l := range x.lines {
		if l.Verdict > model.Warning || l.Verdict == model.Warning && !x.ticked[l.Number] {
			continue
		}
		if l.Change == intake.SameAccount && (!x.onPages() || l.Account.Kind == model.Reseller) {
			continue
		}
		accounts = append(accounts, data.NewCustomer{Account: l.Account, InternalReference: l.InternalReference})
	}
	return accounts
}

// onPages tells whether the accounts go to the Customers page, too.
func (x *accountImport) onPages() bool { return x.reseller.ID != 0 && x.pages.Checked }

// say shows what the buttons will do.
func (x *accountImport) say() {
	accounts, n := x.taken(), 0
	for _, a := range accounts {
		if a.Kind != model.Reseller {
			n++
		}
	}
	x.pages.Hidden = x.reseller.ID == 0 || n == 0 && x.pages.Checked
	x.pages.SetText(lang.N("Add {{.Count}} customers and MSPs to the Customers page of {{.Company}}, too", n,
		map[string]any{"Count": page.Number(n), "Company": x.reseller.CompanyName}))
	x.preview.Can(lang.N("Import {{.Count}} accounts", len(accounts), map[string]any{"Count": page.Number(len(accounts))}), len(accounts) > 0)
}

func (x *accountImport) submit() {
	x.preview.Hide()
	accounts, of := x.taken(), int64(0)
	if x.onPages() {
		of = x.reseller.ID
	}
	page.Act(x.desk, lang.L("Importing accounts"), func(ctx context.Context, _ data.Progress) (model.Done, error) {
		return importAccounts(ctx, x.desk.Register().Accounts(), x.desk.Register().Customers(), of, accounts)
	}, nil)
}

// importAccounts brings accounts into the directory and, for a reseller that is not 0, its Customers page.
func importAccounts(ctx context.Context, directory data.Accounts, customers data.Customers, reseller int64, list []data.NewCustomer,
) (model.Done, error) {
	if reseller != 0 {
		return customers.Import(ctx, reseller, list)
	}
	accounts := make([]model.Account, len(list))
	for i, a := range list {
		accounts[i] = a.Account
	}
	_, _, done, err := directory.Import(ctx, accounts)
	return done, err
}
