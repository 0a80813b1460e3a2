package ui

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
		d.program.logError("building a page", err)
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
	return &page.Page{Content: centred(title, text, add), First: func() fyne.Focusable { return add }}
}

func (d *Desk) errorPage(p page.Place, err error) *page.Page {
	again := control.NewButton(lang.L("Try again"), func() {
		t := d.trails[p.Tab]
		t.forget(t.top())
		d.goTo(p)
	})
	return &page.Page{Content: centred(lang.L("This page cannot be shown"), page.ErrorText(err), again), First: func() fyne.Focusable { return again }}
}

// Go shows another page, after the page that is left had its say.
func (d *Desk) Go(p page.Place) { d.leave(func() { d.goTo(p) }) }

// Back leaves a detail page for the page before it.
func (d *Desk) Back() {
	if n := len(d.trails[d.tab].open); n > 1 {
		d.leave(func() { d.backTo(n - 1) })
	}
}

// backTo leaves all but the first n open pages.
func (d *Desk) backTo(n int) {
	t := d.trails[d.tab]
	t.cut(min(max(n, 1), len(t.open)))
	d.showTab(d.tab)
}

// leave calls then when the page on screen may be left. A page that asked has given up its work and is built anew next time.
func (d *Desk) leave(then func()) {
	t := d.trails[d.tab]
	s := t.top()
	if s == nil || s.page.Leave == nil {
		then()
		return
	}
	s.page.Leave(func() {
		t.forget(s)
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
	d.frame.show()
	d.freshen()
}
