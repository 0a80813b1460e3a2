package page

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	iso "github.com/biter777/countries"
	"golang.org/x/text/collate"

	"consign/model"
	"consign/model/search"
	"consign/ui/control"
)

// Finder is the part of a form that finds an account in the directory by its Knox ID, and asks for what is needed to add it when
// the directory does not know it.
type Finder struct {
	// Found, if it is set, hears which account of the directory is meant, and of the zero one as soon as it is not any more.
	Found func(model.Account)
	// Services, if it is set, are those that a customer begins with when it is added.
	Services func() []model.Service

	form  *Form
	desk  Desk
	kinds []model.AccountKind

	id    *control.Proposing
	row   fyne.CanvasObject // that holds id
	asked string            // the ID that the form speaks of now
	found []model.Account
	sure  string // an ID of unusual length that was submitted a second time

	kind    *control.Radio  // which of several kinds
	newbie  *fyne.Container // what a new account needs
	name    *control.Entry
	country *Countries
	info    *widget.Label
}

// NewFinder adds a finder for accounts of the kinds to a form. With look a button of this name looks the ID up, else submitting does.
func NewFinder(d Desk, f *Form, label, look string, kinds ...model.AccountKind) *Finder {
	x := &Finder{form: f, desk: d, kinds: kinds, info: widget.NewLabel("")}
	x.info.Wrapping = fyne.TextWrapWord
	directory := x.directory()
	x.id = control.NewProposing(func(typed string) []control.Proposal {
		if _, unusual, err := model.ReadKnoxID(typed); err == nil && !unusual {
			return nil // a whole number is no beginning of another
		}
		return control.Matching(directory(), typed)
	})
	if f.first == nil {
		f.first = x.id
	}
	x.id.OnChanged = func(string) { x.forget() }
	x.row = x.id
	if look != "" {
		lookUp := func() { x.lookUp() }
		x.row = container.NewBorder(nil, nil, nil, control.NewButton(look, lookUp), x.id)
		x.id.OnSubmitted = func(string) {
			if len(x.found) == 0 {
				lookUp()
				return
			}
			f.send()
		}
	}
	f.Add(label, x.row)
	f.body.Add(x.info)
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = Word(k)
	}
	x.kind = control.NewRadio(names, nil)
	x.kind.Horizontal = true
	x.name = f.NewInput("")
	x.country = NewCountries()
	x.newbie = container.NewVBox(Captioned(lang.L("Company name"), x.name), f.Note(x.name), Captioned(lang.L("Country"), x.country),
		f.Note(x.country))
	x.rules()
	f.body.Add(x.kind)
	f.body.Add(x.newbie)
	x.forget()
	return x
}

// directory are the accounts that may be meant, read when the first is asked for.
func (x *Finder) directory() func() []control.Proposal {
	var all []control.Proposal
	asked := false
	return func() []control.Proposal {
		if asked {
			return all
		}
		asked = true
		Read(x.desk, func(ctx context.Context) (found []control.Proposal, err error) {
			for _, kind := range x.kinds {
				ids, err := x.desk.Register().Accounts().IDs(ctx, model.AccountQuery{Kind: kind})
				if err != nil {
					return nil, err
				}
				rows, err := x.desk.Register().Accounts().Rows(ctx, ids)
				if err != nil {
					return nil, err
				}
				for _, a := range rows {
					found = append(found, control.Proposal{Text: a.KnoxID, Note: a.CompanyName})
				}
			}
			return found, nil
		}, func(found []control.Proposal) {
			all = found
			x.id.Again()
		})
		return all
	}
}

// rules are what must hold of a new account, while one is asked for.
func (x *Finder) rules() {
	isNew := func(check func() error) func() error {
		return func() error {
			if x.newbie.Hidden {
				return nil
			}
			return check()
		}
	}
	x.form.Rule(x.row, func() error {
		_, _, err := model.ReadKnoxID(x.id.Text)
		return err
	})
	x.form.Rule(x.name, isNew(func() error { return model.CheckCompanyName(x.name.Text) }))
	x.form.Rule(x.country, isNew(func() error { return model.CheckCountry(x.country.Code()) }))
}

// Fill writes an ID into the finder, as if it had been typed.
func (x *Finder) Fill(id string) { x.id.SetText(id) }

// forget starts anew, because another ID is typed.
func (x *Finder) forget() {
	x.asked, x.found = "", nil
	if x.Found != nil {
		x.Found(model.Account{})
	}
	x.info.Hide()
	x.newbie.Hide()
	x.kind.Hide()
	x.kind.SetSelected("")
	x.form.Clear()
	x.form.fit()
}

// lookUp looks for the ID and says what it found.
func (x *Finder) lookUp() {
	x.ask(func() {
		switch len(x.found) {
		case 0:
			x.offerNew()
		case 1:
			a := x.found[0]
			if x.Found != nil {
				x.Found(a)
			}
			x.say(strings.Join(slices.DeleteFunc([]string{a.CompanyName, Country(a.Country), Word(a.Kind)},
				func(s string) bool { return s == "" }), " · "))
		default:
			x.offerKinds()
		}
	})
}

// TakeAsync hands over the account once there is one: found, chosen among two kinds, or added to the directory. Until then it asks
// for what is missing.
func (x *Finder) TakeAsync(then func(model.Account)) {
	if x.asked == "" {
		x.ask(func() {
			switch len(x.found) {
			case 0:
				x.offerNew()
			case 1:
				then(x.found[0])
			default:
				x.offerKinds()
			}
		})
		return
	}
	if len(x.found) == 1 {
		then(x.found[0])
		return
	}
	kind, chosen := x.chosenKind()
	if !chosen {
		x.form.Fail(nil, model.Fail(model.Invalid, "Choose which of them is meant."))
		return
	}
	for _, a := range x.found {
		if a.Kind == kind {
			then(a)
			return
		}
	}
	x.addAsync(model.Account{Kind: kind, KnoxID: x.asked, CompanyName: x.name.Text, Country: x.country.Code()}, then)
}

// ask reads the ID and finds its accounts.
func (x *Finder) ask(then func()) {
	id, unusual, err := model.ReadKnoxID(x.id.Text)
	if err != nil {
		x.form.Fail(x.row, err)
		x.focusID()
		return
	}
	if unusual && x.sure != id {
		x.sure = id
		x.form.Warn(x.row, UnusualID(id))
		return
	}
	var found []model.Account
	x.form.DoAsync(x.row, func(ctx context.Context) error {
		for _, kind := range x.kinds {
			a, err := x.desk.Register().Accounts().Lookup(ctx, kind, id)
			switch {
			case err == nil:
				found = append(found, a)
			case model.CodeOf(err) != model.NotFound:
				return err
			}
		}
		return nil
	}, func() {
		x.asked, x.found = id, found
		then()
	})
}

// UnusualID says that a Knox ID has another length than most.
func UnusualID(id string) error {
	return model.Fail(model.Invalid, "{{.ID}} has {{.Digits}} digits; a Knox ID usually has 10. Press the button again if it is right.",
		"ID", id, "Digits", len(id))
}

func (x *Finder) focusID() { x.desk.Window().Canvas().Focus(x.id) }

// offerNew says that the ID is not in the directory and asks for what adds it.
func (x *Finder) offerNew() {
	Read(x.desk, func(ctx context.Context) ([]model.Account, error) {
		return x.desk.Register().Accounts().SameIDElsewhere(ctx, x.kinds[0], x.asked)
	}, func(others []model.Account) {
		text := lang.L("This ID is not in the directory. Add it with its company name and country.")
		if len(others) > 0 {
			text += " " + lang.L("Careful: {{.Company}} has the same number as {{.IDName}}.",
				map[string]any{"Company": others[0].CompanyName, "IDName": lang.L(others[0].Kind.IDName())})
		}
		x.newbie.Show()
		if len(x.kinds) > 1 {
			x.kind.SetSelected(Word(x.kinds[0]))
			x.kind.Show()
		}
		x.say(text)
		x.desk.Window().Canvas().Focus(x.name)
	})
}

// offerKinds asks which of the accounts with the same number is meant.
func (x *Finder) offerKinds() {
	names := make([]string, len(x.found))
	for i, a := range x.found {
		names[i] = Word(a.Kind) + ": " + a.CompanyName
	}
	x.kind.Show()
	x.desk.Window().Canvas().Focus(x.kind.First())
	x.say(lang.L("Several accounts have this number: {{.Accounts}}. Choose which is meant.",
		map[string]any{"Accounts": strings.Join(names, ", ")}))
}

func (x *Finder) say(text string) {
	x.info.SetText(text)
	x.info.Show()
	x.form.fit()
}

func (x *Finder) chosenKind() (model.AccountKind, bool) {
	if len(x.kinds) == 1 {
		return x.kinds[0], true
	}
	for _, k := range x.kinds {
		if Word(k) == x.kind.Selected {
			return k, true
		}
	}
	return "", false
}

func (x *Finder) addAsync(a model.Account, then func(model.Account)) {
	var added model.Account
	var services []model.Service
	if x.Services != nil {
		services = x.Services()
	}
	x.form.DoAsync(nil, func(ctx context.Context) (err error) {
		added, err = x.desk.Register().Accounts().Add(ctx, a, services...)
		return err
	}, func() {
		x.found = []model.Account{added}
		then(added)
	})
}

// Countries chooses a country by its name in the user's language or its code: typing narrows the list, which the arrow down opens.
type Countries struct {
	control.Proposing
	codes map[string]string // by name
	names []string
}

// NewCountries makes a choice of all countries, none chosen.
func NewCountries() *Countries {
	c := &Countries{codes: map[string]string{}}
	for _, country := range iso.All() {
		code := country.Alpha2()
		if name := Country(code); len(code) == 2 && name != code { // what has no name any more is no country
			c.codes[name] = code
		}
	}
	for name := range c.codes {
		c.names = append(c.names, name)
	}
	order := collate.New(control.Language())
	slices.SortFunc(c.names, func(a, b string) int { return cmp.Or(order.CompareString(a, b), cmp.Compare(a, b)) })
	c.Propose = c.proposals
	c.ExtendBaseWidget(c)
	c.ActionItem = control.NewOpener(theme.MenuDropDownIcon(), c.offer)
	return c
}

// offer opens the list of the countries that the text may mean; of all, if it means none.
func (c *Countries) offer() {
	names := c.matching(c.Text)
	if len(names) == 0 {
		names = c.names
	}
	var items []*fyne.MenuItem
	for _, name := range names {
		items = append(items, fyne.NewMenuItem(name, func() { c.SetText(name) }))
	}
	control.ShowMenuBelow(c, items)
}

// proposals are the countries that a text may mean, with their codes.
func (c *Countries) proposals(typed string) []control.Proposal {
	typed = strings.TrimSpace(typed)
	if _, whole := c.codes[typed]; whole || typed == "" {
		return nil
	}
	names := c.matching(typed)
	found := make([]control.Proposal, 0, mostCountries)
	for _, name := range names[:min(len(names), mostCountries)] {
		found = append(found, control.Proposal{Text: name, Note: c.codes[name]})
	}
	return found
}

// mostCountries are proposed at once.
const mostCountries = 8

// TypedKey implements fyne.Focusable.
func (c *Countries) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyDown && !c.Proposes() {
		c.offer()
		if menu := fyne.CurrentApp().Driver().CanvasForObject(c).Focused(); menu != nil && menu != fyne.Focusable(c) {
			menu.TypedKey(k) // so that Enter takes the first
		}
		return
	}
	c.Proposing.TypedKey(k)
}

// Code is the chosen country: by its name, by its code of two letters, or by the beginning of its name if no other begins like that.
// For anything else it is what was typed, which the model refuses.
func (c *Countries) Code() string {
	text := strings.TrimSpace(c.Text)
	var begin []string
	for _, name := range c.names {
		if search.Fold(name) == search.Fold(text) {
			return c.codes[name]
		}
		if len(text) > 2 && startsWith(name, text) {
			begin = append(begin, name)
		}
	}
	switch code := strings.ToUpper(text); {
	case len(begin) == 1:
		return c.codes[begin[0]]
	case len(text) != 2:
		return text
	case c.codes[Country(code)] == code:
		return code
	}
	return text + "?"
}

// matching are the countries that a text may mean: the one with this code, those that begin with it, and those that have it in them.
func (c *Countries) matching(text string) []string {
	if _, whole := c.codes[text]; whole || text == "" {
		return c.names
	}
	var coded, begin, within []string
	for _, name := range c.names {
		switch {
		case strings.EqualFold(c.codes[name], text):
			coded = append(coded, name)
		case startsWith(name, text):
			begin = append(begin, name)
		case search.Has(text, name):
			within = append(within, name)
		}
	}
	return slices.Concat(coded, begin, within)
}

func startsWith(name, text string) bool {
	return strings.HasPrefix(search.Fold(name), search.Fold(text))
}
