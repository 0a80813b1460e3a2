package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Tabs makes one page of several that share the room, the first-th shown first: a row of their titles and the actions of the shown one.
// The titles are buttons, because the tabs of the toolkit cannot be reached with the keyboard.
func Tabs(title string, first int, pages ...*Page) *Page {
	shown := 0
	room, actions := container.NewStack(), container.NewHBox()
	titles := make([]*widget.Button, len(pages))
	all := &Page{Title: title}
	show := func(n int) {
		shown = n
		for i, b := range titles {
			b.Importance = widget.LowImportance
			if i == n {
				b.Importance = widget.HighImportance
			}
			b.Refresh()
		}
		room.Objects = []fyne.CanvasObject{pages[n].Content}
		actions.Objects = pages[n].Actions
		room.Refresh()
		actions.Refresh()
	}
	row := container.NewHBox()
	for i, p := range pages {
		titles[i] = widget.NewButton(p.Title, func() { show(i) })
		row.Add(titles[i])
		all.Shows |= p.Shows
	}
	row.Add(layout.NewSpacer())
	row.Add(actions)
	all.Content = container.NewBorder(row, nil, nil, nil, room)
	all.Reload = func() {
		for _, p := range pages {
			if p.Reload != nil {
				p.Reload()
			}
		}
	}
	all.Search = func() {
		if s := pages[shown].Search; s != nil {
			s()
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

// Fact is a line of a summary.
type Fact struct{ Name, Value string }

// Summary shows facts about one thing: small names over values that can be selected and copied.
type Summary struct {
	widget.BaseWidget
	room *fyne.Container
}

// NewSummary makes a summary of facts.
func NewSummary(facts ...Fact) *Summary {
	s := &Summary{room: container.NewGridWithColumns(4)}
	s.ExtendBaseWidget(s)
	s.Set(facts...)
	return s
}

// Set shows other facts. Facts without a value are left out.
func (s *Summary) Set(facts ...Fact) {
	s.room.Objects = nil
	for _, f := range facts {
		if f.Value == "" {
			continue
		}
		name, value := widget.NewLabel(f.Name), widget.NewLabel(f.Value)
		name.SizeName, name.Importance = theme.SizeNameCaptionText, widget.LowImportance
		value.Selectable, value.Truncation = true, fyne.TextTruncateEllipsis
		s.room.Add(container.New(layout.NewCustomPaddedVBoxLayout(-theme.Padding()*2), name, value))
	}
	s.room.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (s *Summary) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(s.room) }
