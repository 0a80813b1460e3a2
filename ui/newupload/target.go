package newupload

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/model"
	"consign/ui/control"
	"consign/ui/grid"
	"consign/ui/page"
)

// party is an account that can be chosen in the first step: a target for a reseller, a reseller for an MSP.
type party struct {
	account   int64
	kind      model.AccountKind
	name      string
	reference string
	knoxID    string
	note      string // what is said of it in the list
}

func partyOf(a model.Account) party {
	return party{account: a.ID, kind: a.Kind, name: a.CompanyName, knoxID: a.KnoxID}
}

// label is how the party is named on its button.
func (p party) label() string {
	name := p.name
	if p.reference != "" {
		name += " / " + p.reference
	}
	if p.kind == model.MSP {
		name += "  ·  " + lang.L("MSP")
	}
	return name + "  ·  " + p.knoxID
}

// first is where the keyboard begins: at what was not finished while it is offered, else at the first step if there is a choice.
func (w *draft) first() fyne.Focusable {
	if w.offered.First != nil && w.isEmpty() {
		return w.offered.First
	}
	if w.done != nil {
		return w.done.again
	}
	if w.review.Len() > 0 && !w.lacksTarget() {
		return w.review.Table()
	}
	if w.target.choose.Disabled() {
		return nil
	}
	return w.target.choose
}

// target is the first step: whom the devices are for or, on behalf, whose they are.
type target struct {
	desk     page.Desk
	onBehalf bool
	acting   model.Account // the reseller, or on behalf the MSP
	chosen   party
	changed  func()

	choose, add *control.Button
	note        *control.Name
	why         string // the chosen one is proposed; "" for one that a person chose
	content     fyne.CanvasObject
}

// newTarget makes the step. add adds what can be chosen; nil hides its button.
func newTarget(d page.Desk, acting model.Account, onBehalf bool, add, changed func()) *target {
	t := &target{desk: d, acting: acting, onBehalf: onBehalf, changed: changed, note: control.NewName("", noteMost)}
	t.choose = control.NewButtonWithIcon("", theme.MenuDropDownIcon(), t.ask)
	t.choose.IconPlacement, t.choose.Alignment = widget.ButtonIconTrailingText, widget.ButtonAlignLeading
	text := lang.L("Add customer…")
	if onBehalf {
		text = lang.L("Add reseller…")
	}
	t.add = control.NewButtonWithIcon(text, theme.ContentAddIcon(), add)
	t.note.Importance = widget.LowImportance
	t.content = container.New(control.GivingWay(leastTarget), t.choose, t.add, t.note)
	t.show("")
	return t
}

// longestTarget is how wide the button may be: a longer name must not push other buttons off the window.
const longestTarget = 480

// leastTarget is how wide it is where there is little room.
const leastTarget = 90

// noteMost is the widest that what is said beside the buttons asks to be.
const noteMost = 110

// take chooses a party.
func (t *target) take(p party) {
	t.chosen, t.why = p, ""
	t.changed()
}

// propose chooses a party until a person chooses one, and says why.
func (t *target) propose(p party, why string) { t.chosen, t.why = p, why }

// takeLast proposes the customer that was uploaded to last, or on behalf the reseller that uploaded last; then is called if there is one
// and nobody was chosen meanwhile.
func (t *target) takeLast(then func()) {
	page.Read(t.desk, func(ctx context.Context) (p party, err error) {
		if t.onBehalf {
			return t.lastReseller(ctx)
		}
		r := t.desk.Register().Customers()
		ids, err := r.IDs(ctx, model.CustomerQuery{Reseller: t.acting.ID, Sort: []model.Sort{{Column: model.ByLastUploaded, Descending: true}}})
		if err != nil || len(ids) == 0 {
			return p, err
		}
		rows, err := r.Rows(ctx, t.acting.ID, ids[:1])
		if err == nil && len(rows) == 1 && !rows[0].LastUploaded.IsZero() {
			p = partyOfCustomer(rows[0])
		}
		return p, err
	}, func(p party) {
		if p.account != 0 && t.chosen.account == 0 {
			t.propose(p, lang.L("as last time"))
			then()
		}
	})
}

// lastReseller is the reseller of the newest upload that the acting MSP received, none if there is no upload.
func (t *target) lastReseller(ctx context.Context) (p party, err error) {
	view, r := model.As(model.MSP, t.acting.ID), t.desk.Register().Uploads()
	ids, err := r.IDs(ctx, model.UploadQuery{View: view, Sort: []model.Sort{{Column: model.ByUploaded, Descending: true}}})
	if err != nil || len(ids) == 0 {
		return p, err
	}
	rows, err := r.Rows(ctx, view, "", ids[:1])
	if err != nil || len(rows) == 0 {
		return p, err
	}
	all, err := t.resellers(ctx)
	if i := slices.IndexFunc(all, func(p party) bool { return p.account == rows[0].ResellerID }); i >= 0 {
		p = all[i]
	}
	return p, err
}

func partyOfCustomer(c model.ResellerCustomer) party {
	return party{c.AccountID, c.Kind, c.CompanyName, c.InternalReference, c.KnoxID, page.Word(c.Status)}
}

// show says who is chosen or, in a bulk upload, what the list says.
func (t *target) show(bulk string) {
	text := lang.L("Choose a customer or MSP…")
	if t.onBehalf {
		text = lang.L("Choose the reseller…")
	}
	t.choose.Importance = widget.MediumImportance
	switch {
	case bulk != "":
		text = lang.L("As the list says")
	case t.chosen.account != 0:
		text = t.chosen.label()
	default:
		t.choose.Importance = widget.HighImportance
	}
	t.choose.Most = longestTarget
	t.choose.SetText(text)
	if bulk != "" {
		t.choose.Disable()
	} else {
		t.choose.Enable()
	}
	t.choose.Refresh()
	note := bulk
	if bulk == "" {
		note = t.why
	}
	if t.onBehalf && t.chosen.account != 0 {
		note = lang.L("to {{.MSP}}", map[string]any{"MSP": t.acting.CompanyName})
		if t.chosen.note != "" {
			note = t.chosen.note + " · " + note // where there is little room the sidebar says the MSP, too
		}
	}
	t.note.SetText(note)
}

// ask lets the user choose among the parties, with a search.
func (t *target) ask() {
	title, text := lang.L("Upload to"), ""
	if t.onBehalf {
		title, text = lang.L("Receive from"), lang.L("The upload stands in UPLOADS as if the reseller had made it.")
	}
	page.Choose(t.desk, page.Choice[party]{
		Title: title, Text: text, Name: "newupload.target", Button: lang.L("Choose"),
		Columns: []grid.Column[party]{
			{ID: "name", Title: lang.L("COMPANY NAME / INTERNAL REFERENCE"), Width: 165, Most: 500, Sortable: true, Text: func(p party) string {
				if p.reference == "" {
					return p.name
				}
				return p.name + " / " + p.reference
			}, Badge: func(p party) (string, grid.Look) {
				if p.kind == model.MSP {
					return lang.L("MSP"), grid.Marked
				}
				return "", grid.Plain
			}},
			{ID: "id", Title: lang.L("KNOX ID"), Width: 110, Mono: true, Sortable: true, Text: func(p party) string { return p.knoxID }},
			{ID: "note", Title: lang.L("STATUS"), Words: t.notes(), Text: func(p party) string { return p.note }},
		},
		Rows: t.parties,
		ID:   func(p party) int64 { return p.account },
		Then: t.take,
	})
}

func registeredNote() string   { return lang.L("Registered") }
func autoApproveNote() string  { return lang.L("Registered, auto-approve") }
func unregisteredNote() string { return lang.L("Not registered yet") }

// notes are all that the notes of the parties can be.
func (t *target) notes() []string {
	if t.onBehalf {
		return []string{registeredNote(), autoApproveNote(), unregisteredNote()}
	}
	var notes []string
	for _, s := range model.CustomerStatuses {
		notes = append(notes, page.Word(s))
	}
	return notes
}

// parties are the reseller's customers and MSPs, the last used first, or on behalf the resellers of the directory, the
// registered ones first.
func (t *target) parties(ctx context.Context) ([]party, error) {
	r := t.desk.Register()
	if t.onBehalf {
		return t.resellers(ctx)
	}
	ids, err := r.Customers().IDs(ctx, model.CustomerQuery{Reseller: t.acting.ID,
		Sort: []model.Sort{{Column: model.ByLastUploaded, Descending: true}}})
	if err != nil {
		return nil, err
	}
	rows, err := r.Customers().Rows(ctx, t.acting.ID, ids)
	if err != nil {
		return nil, err
	}
	var all []party
	for _, c := range rows {
		all = append(all, partyOfCustomer(c))
	}
	return all, nil
}

func (t *target) resellers(ctx context.Context) ([]party, error) {
	r := t.desk.Register()
	ids, err := r.Resellers().IDs(ctx, model.RegistrationQuery{MSP: t.acting.ID})
	if err != nil {
		return nil, err
	}
	registered, err := r.Resellers().Rows(ctx, t.acting.ID, ids)
	if err != nil {
		return nil, err
	}
	var all []party
	known := map[int64]bool{}
	for _, g := range registered {
		known[g.ResellerID] = true
		note := registeredNote()
		if g.AutoApprove {
			note = autoApproveNote()
		}
		all = append(all, party{g.ResellerID, model.Reseller, g.CompanyName, "", g.KnoxID, note})
	}
	if ids, err = r.Accounts().IDs(ctx, model.AccountQuery{Kind: model.Reseller}); err != nil {
		return nil, err
	}
	accounts, err := r.Accounts().Rows(ctx, ids)
	if err != nil {
		return nil, err
	}
	for _, a := range accounts {
		if !known[a.ID] {
			p := partyOf(a)
			p.note = unregisteredNote()
			all = append(all, p)
		}
	}
	return all, nil
}

// takeAccount chooses a customer or MSP by its id.
func (t *target) takeAccount(id int64) {
	page.Read(t.desk, func(ctx context.Context) (party, error) {
		c, err := t.desk.Register().Customers().Of(ctx, t.acting.ID, id)
		if model.CodeOf(err) == model.NotFound { // the upload puts it on the page
			a, err := t.desk.Register().Accounts().ByID(ctx, id)
			return partyOf(a), err
		}
		return partyOfCustomer(c), err
	}, t.take)
}

// takeKept chooses the account of an upload that was interrupted.
func (t *target) takeKept(id int64) {
	if !t.onBehalf {
		t.takeAccount(id)
		return
	}
	page.Read(t.desk, func(ctx context.Context) (model.Account, error) { return t.desk.Register().Accounts().ByID(ctx, id) },
		func(a model.Account) { t.take(partyOf(a)) })
}

// addCustomer puts a customer or MSP on the reseller's Customers page (domain §3) and hands it over; one that is there already is
// handed over as it is. knoxID may be empty.
func addCustomer(d page.Desk, reseller int64, knoxID string, then func(account int64)) {
	f := page.NewForm(d, lang.L("ADD CUSTOMER"), lang.L("SUBMIT"))
	finder := page.NewFinder(d, f, lang.L("Knox Customer ID/MSP ID"), "", model.Customer, model.MSP)
	finder.Fill(knoxID)
	reference := f.Input(lang.L("Internal customer reference"), lang.L("Your own name for this customer; may be empty"))
	f.Submit = func() {
		finder.TakeAsync(func(a model.Account) {
			var done model.Done
			f.DoAsync(nil, func(ctx context.Context) (err error) {
				done, err = d.Register().Customers().Add(ctx, reseller, a.ID, reference.Text)
				if model.CodeOf(err) == model.Exists {
					err = nil
				}
				return err
			}, func() {
				f.Hide()
				if done.ActivityID != 0 {
					d.Report(done)
				}
				then(a.ID)
			})
		})
	}
	f.Show()
}

// addReseller finds a reseller by its ID, or adds it to the directory, and hands it over.
func addReseller(d page.Desk, then func(model.Account)) {
	f := page.NewForm(d, lang.L("Add reseller"), lang.L("Add"))
	finder := page.NewFinder(d, f, lang.L(model.Reseller.IDName()), "", model.Reseller)
	f.Submit = func() {
		finder.TakeAsync(func(a model.Account) {
			f.Hide()
			then(a)
		})
	}
	f.Show()
}

// row is one step of the page: its head and what it holds.
func row(head *step, content fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(1, 1, 0, 0), container.NewBorder(nil, nil, head, nil, content))
}
