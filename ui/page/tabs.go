package page

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"consign/ui/control"
)

// Tabs makes one page of several that share the room, the first-th shown first: a row of their titles and the actions of the shown one.
func Tabs(title string, first int, pages ...*Page) *Page {
	shown := 0
	room, row, actions := container.NewStack(), container.NewHBox(), control.ButtonLines()
	titles := make([]*control.Tab, len(pages))
	all := &Page{Title: title}
	show := func(n int) {
		shown = n
		for i, b := range titles {
			b.Choose(i == n)
		}
		room.Objects = []fyne.CanvasObject{pages[n].Content}
		actions.Objects = pages[n].Actions
		all.Content.Refresh() // another page's actions need another room
	}
	all.Content = control.Below(control.TabLine(row, actions), room)
	for i, p := range pages {
		titles[i] = control.NewTab(p.Title, func() { show(i) })
		p.Retabbed = func() {
			count := ""
			if p.Count > 0 {
				count = Number(p.Count)
			}
			titles[i].SetCount(count)
			row.Refresh()
			if i == shown {
				actions.Objects = p.Actions
				all.Content.Refresh()
			}
		}
		p.Retabbed()
		row.Add(titles[i])
		all.Shows |= p.Shows
	}
	all.Reload = func() {
		for _, p := range pages {
			if p.Reload != nil {
				p.Reload()
			}
		}
	}
	all.Settled = func(then func()) {
		if s := pages[shown].Settled; s != nil {
			s(then)
			return
		}
		then()
	}
	all.First = func() fyne.Focusable {
		if f := pages[shown].First; f != nil {
			return f()
		}
		return titles[shown]
	}
	all.Search = func() {
		if s := pages[shown].Search; s != nil {
			s()
		}
	}
	byList := slices.IndexFunc(pages, func(p *Page) bool { return p.ByList != nil })
	if byList >= 0 {
		all.ByList = func() {
			if pages[shown].ByList == nil {
				show(byList)
			}
			pages[shown].ByList()
		}
	}
	all.Export = func() {
		if e := pages[shown].Export; e != nil {
			e()
		}
	}
	show(first)
	return all
}
