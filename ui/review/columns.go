package review

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/data/intake"
	"consign/ui/control"
	"consign/ui/page"
)

const (
	stripCell  = 150 // width of a column in the strip
	stripLines = 1   // of the list shown under each choice: the others stand in the table below
)

// strip shows how the columns of a list were recognised, over its first lines, with a choice to correct each.
type strip struct {
	widget.BaseWidget
	correct func(column int, m intake.Meaning)
	list    *list
	cells   *fyne.Container
	room    *container.Scroll
}

func newStrip(correct func(int, intake.Meaning)) *strip {
	s := &strip{correct: correct, cells: container.NewHBox()}
	s.room = container.NewHScroll(s.cells)
	s.ExtendBaseWidget(s)
	s.Hide()
	return s
}

// CreateRenderer implements fyne.Widget.
func (s *strip) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(s.room) }

// show has the columns of a list ready. They open by themselves only if none can name a device: doubts about others are asked one by one.
func (s *strip) show(l *list) {
	s.list = l
	s.cells.Objects = nil
	table := l.layout.Shape == intake.Table // columns of another shape are none of the file's
	for i := range l.layout.Columns {
		if table {
			s.cells.Add(s.cell(i))
		}
	}
	s.cells.Refresh()
	s.room.ScrollToOffset(fyne.Position{})
	s.open(table && !l.layout.Identifies())
}

func (s *strip) open(open bool) {
	if open {
		s.Show()
	} else {
		s.Hide()
	}
}

func (s *strip) toggle() { s.open(!s.Visible()) }

// cell is a column: its title, what it is taken for, and what stands in it first.
func (s *strip) cell(column int) fyne.CanvasObject {
	l := s.list
	title := ""
	if column < len(l.layout.Titles) {
		title = l.layout.Titles[column]
	}
	if title == "" {
		title = lang.L("Column {{.Number}}", map[string]any{"Number": column + 1})
	}
	if slices.Contains(l.layout.Hidden, column) {
		title = lang.L("{{.Title}} (hidden)", map[string]any{"Title": title})
	}
	names := make([]string, len(intake.Meanings))
	for i, m := range intake.Meanings {
		names[i] = page.Word(m)
	}
	choice := control.NewSelect(names, nil)
	choice.Selected = page.Word(l.layout.Columns[column])
	choice.OnChanged = func(string) {
		if m := intake.Meanings[choice.SelectedIndex()]; m != l.layout.Columns[column] {
			s.correct(column, m)
		}
	}
	box := container.New(layout.NewCustomPaddedVBoxLayout(-6), stripText(title, fyne.TextStyle{Bold: true}),
		container.New(layout.NewCustomPaddedLayout(4, 4, 0, 0), choice))
	for _, text := range s.beginning(column) {
		box.Add(stripText(text, fyne.TextStyle{Monospace: true}))
	}
	return container.New(control.Wide(stripCell), box)
}

// beginning is what stands first in a column.
func (s *strip) beginning(column int) []string {
	var texts []string
	for i, cells := range s.list.sample.Rows {
		if s.list.sample.Lines[i] <= s.list.layout.Header || len(texts) == stripLines {
			continue
		}
		text := ""
		if column < len(cells) {
			text = cells[column]
		}
		texts = append(texts, text)
	}
	return texts
}

func stripText(text string, style fyne.TextStyle) *control.Name {
	l := control.NewName(text, 0)
	l.SizeName, l.TextStyle = theme.SizeNameCaptionText, style
	if style.Monospace {
		l.Importance = widget.LowImportance
	}
	return l
}
