package desk

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"consign/model"
	"consign/ui/activity"
	"consign/ui/control"
	"consign/ui/msp"
	"consign/ui/page"
	"consign/ui/reseller"
	"consign/ui/settings"
	"consign/ui/shell"
)

// tabOf describes a tab: its entries in the sidebar and how a place in it becomes a page.
type tabOf struct {
	tab     page.Tab
	title   func() string
	entries func() []page.Entry
	open    func(*Desk, page.Place) (*page.Page, error)
}

// tabs are the desk's tabs in their order on screen; settings stand behind the gear.
var tabs = []tabOf{
	{page.ResellerTab, func() string { return lang.L("Reseller") }, reseller.Entries,
		func(d *Desk, p page.Place) (*page.Page, error) { return reseller.Open(d, p) }},
	{page.MSPTab, func() string { return lang.L("MSP") }, msp.Entries,
		func(d *Desk, p page.Place) (*page.Page, error) { return msp.Open(d, p) }},
	{page.ActivityTab, func() string { return lang.L("Activity") }, activity.Entries,
		func(d *Desk, p page.Place) (*page.Page, error) { return activity.Open(d, p) }},
	{page.SettingsTab, func() string { return lang.L("Settings") }, settings.Entries,
		func(d *Desk, p page.Place) (*page.Page, error) { return settings.Open(d, d.program, p) }},
}

func tabNamed(t page.Tab) tabOf {
	for _, tab := range tabs {
		if tab.tab == t {
			return tab
		}
	}
	return tabs[0]
}

func entries(t page.Tab) []page.Entry { return tabNamed(t).entries() }

func isEntry(p page.Place) bool {
	for _, e := range entries(p.Tab) {
		if e.Page == p.Page {
			return true
		}
	}
	return false
}

// build makes the page of a place. A page that cannot be built says why and offers to try again.
func (d *Desk) build(p page.Place) *shown {
	if kind, acts := kindOf(p.Tab); acts && d.acting[kind].ID == 0 {
		return &shown{place: p, page: d.nobodyPage(kind)}
	}
	built, err := tabNamed(p.Tab).open(d, p)
	if err != nil {
		d.program.LogError("building a page", err)
		built = d.errorPage(p, err)
	}
	return &shown{place: p, page: built}
}

// nobodyPage stands where a portal's pages would be when we act for no account of its kind.
func (d *Desk) nobodyPage(kind model.AccountKind) *page.Page {
	title, text, button := lang.L("Not a reseller yet"),
		lang.L("This tab is the desk of a reseller: its customers, uploads and devices. Add your reseller account to use it."),
		lang.L("We are a reseller")
	if kind == model.MSP {
		title, text, button = lang.L("Not an MSP yet"),
			lang.L("This tab is the desk of a managed service provider: its resellers, customers and devices. Add your MSP account to use it."),
			lang.L("We are an MSP")
	}
	add := control.NewButton(button, func() { d.addOurs(kind) })
	add.Importance = widget.HighImportance
	return &page.Page{Content: control.Centred(title, text, add), First: func() fyne.Focusable { return add }}
}

func (d *Desk) errorPage(p page.Place, err error) *page.Page {
	again := control.NewButton(lang.L("Try again"), func() {
		t := d.trails[p.Tab]
		t.forget(t.top())
		d.goTo(p)
	})
	return &page.Page{Content: control.Centred(lang.L("This page cannot be shown"), page.ErrorText(err), again),
		First: func() fyne.Focusable { return again }}
}

// Go shows another page, after the page that is left had its say. A new upload is for what is selected on that page, unless it is said.
func (d *Desk) Go(p page.Place) {
	if p.Tab == page.ResellerTab && p.Page == page.NewUpload && p.ID == 0 && p.Unfinished == "" {
		selected := d.purpose()
		p.ID, p.Order = selected.Customer, selected.Order
	}
	d.Leave(func() { d.goTo(p) })
}

// Back leaves a detail page for the page before it.
func (d *Desk) Back() {
	if n := len(d.trails[d.tab].open); n > 1 {
		d.Leave(func() { d.backTo(n - 1) })
	}
}

// backTo leaves all but the first n open pages.
func (d *Desk) backTo(n int) {
	t := d.trails[d.tab]
	t.cut(min(max(n, 1), len(t.open)))
	d.showTab(d.tab)
}

// Leave calls then when the page on screen may be left. A page that asked has given up its work and is built anew next time.
func (d *Desk) Leave(then func()) {
	t := d.trails[d.tab]
	s := t.top()
	if s == nil || s.page.Leave == nil {
		then()
		return
	}
	s.page.Leave(func() {
		t.forget(s)
		d.history.forget(func(v *visit) bool { return v.has(s) })
		then()
	})
}

func (d *Desk) goTo(p page.Place) {
	if kind, acts := kindOf(p.Tab); acts && p.Acting != 0 {
		for _, a := range d.ours[kind] {
			if a.ID == p.Acting {
				d.actAs(p.Tab, a)
			}
		}
	}
	p.Acting = 0
	t := d.trails[p.Tab]
	switch top := t.top(); {
	case isEntry(p) && t.kept[p.Page] != nil && !narrowed(p):
		t.enter(t.kept[p.Page])
	case isEntry(p):
		t.enter(d.build(p))
	case top != nil && same(top.place, p) && !narrowed(p):
	default:
		if top == nil {
			t.enter(d.build(page.Place{Tab: p.Tab, Page: entries(p.Tab)[0].Page}))
		}
		t.push(d.build(p))
	}
	d.showTab(p.Tab)
}

// showTab shows what a tab has open.
func (d *Desk) showTab(tab page.Tab) {
	t := d.trails[tab]
	if t.top() == nil {
		t.enter(d.build(page.Place{Tab: tab, Page: entries(tab)[0].Page}))
	}
	d.tab = tab
	if d.works() != d.menuFor {
		d.layMenu()
	}
	d.history.add(tab, t.open)
	d.frame.Show(d.view())
	if s := t.top(); s.page.Seen != nil {
		s.page.Seen()
	}
	d.freshen()
}

// newFrame makes what stands around the pages, and hears what people do with it.
func (d *Desk) newFrame() *shell.Frame {
	o := shell.Options{
		Find: lang.L("Find a device") + "   " + shortcutText(findShortcut), Canvas: d.window.Canvas(),
		OnTab: func(name string) { d.chooseTab(page.Tab(name)) }, OnFind: d.find, OnBack: d.Back,
		OnTrail:   func(n int) { d.Leave(func() { d.backTo(n) }) },
		OnEntry:   func(name string) { d.Go(page.Place{Tab: d.tab, Page: name}) },
		OnAccount: d.chooseAccount,
		OnAdd: func() {
			if kind, acts := kindOf(d.tab); acts {
				d.addOurs(kind)
			}
		},
	}
	for _, t := range tabs {
		for _, e := range t.entries() {
			o.Titles = append(o.Titles, e.Title)
		}
		if t.tab == page.SettingsTab {
			o.Gear = string(t.tab)
			continue
		}
		o.Tabs = append(o.Tabs, shell.Tab{Name: string(t.tab), Title: t.title()})
	}
	return shell.New(o)
}

// view is the open page of the desk's tab as the frame shows it.
func (d *Desk) view() shell.View {
	t := d.trails[d.tab]
	top := t.top().page
	v := shell.View{Sidebar: d.sidebar(), Entry: t.open[0].place.Page, Content: top.Content, Actions: top.Actions, First: top.First}
	for _, s := range t.open {
		v.Titles = append(v.Titles, s.page.Title)
	}
	return v
}

// retitle shows what the open page is called by now.
func (d *Desk) retitle() {
	if d.trails[d.tab].top() != nil {
		d.frame.Retitle(d.view())
	}
}

// sidebar is whom the desk's tab acts as and what it offers.
func (d *Desk) sidebar() shell.Sidebar {
	s := shell.Sidebar{Tab: string(d.tab)}
	if open := d.trails[d.tab].open; len(open) > 0 {
		s.Chosen = open[0].place.Page
	}
	for _, e := range entries(d.tab) {
		s.Entries = append(s.Entries, shell.Entry{Name: e.Page, Title: e.Title, Icon: e.Icon})
	}
	kind, acts := kindOf(d.tab)
	if !acts || d.acting[kind].ID == 0 {
		return s
	}
	s.IDName, s.Acting = lang.L(kind.IDName()), d.acting[kind].ID
	for _, a := range d.ours[kind] {
		s.Accounts = append(s.Accounts, shell.Account{ID: a.ID, Name: a.CompanyName, KnoxID: a.KnoxID})
	}
	return s
}

// chooseAccount makes the desk's tab act as another account of ours.
func (d *Desk) chooseAccount(id int64) {
	kind, _ := kindOf(d.tab)
	for _, a := range d.ours[kind] {
		if a.ID == id && id != d.acting[kind].ID {
			d.Leave(func() {
				d.actAs(d.tab, a)
				d.frame.Fill(d.sidebar())
				d.showTab(d.tab)
			})
		}
	}
}
