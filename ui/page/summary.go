package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/ui/control"
	"consign/ui/grid"
)

// Fact is a line of a summary. Its name may be that of a column.
type Fact struct {
	Name, Value string
	// Look is the colour of the value, if that is a badge.
	Look  grid.Look
	badge bool
	mono  bool
}

// IDFact is a fact whose value is an ID.
func IDFact(name, id string) Fact { return Fact{Name: name, Value: id, mono: true} }

// BadgeFact is a fact that is a badge.
func BadgeFact(name, word string, look grid.Look) Fact {
	return Fact{Name: name, Value: word, Look: look, badge: true}
}

// StatusFact is a STATUS: a badge with its word in its colour.
func StatusFact(word string, look grid.Look) Fact { return BadgeFact(lang.L("STATUS"), word, look) }

// Summary shows facts about one thing: small names over values that can be selected and copied.
type Summary struct {
	widget.BaseWidget
	room  *fyne.Container
	whole *fyne.Container // what it stands above, with it
}

// NewSummary makes a summary of facts.
func NewSummary(facts ...Fact) *Summary {
	s := &Summary{room: container.New(&factLayout{})}
	s.ExtendBaseWidget(s)
	s.Set(facts...)
	return s
}

// Above lays content below the summary and lines that follow it. It is laid out anew when other facts need another height.
func (s *Summary) Above(content fyne.CanvasObject, lines ...fyne.CanvasObject) fyne.CanvasObject {
	s.whole = control.Below(container.NewVBox(append([]fyne.CanvasObject{s}, lines...)...), content)
	return s.whole
}

// Set shows other facts. Facts without a value are left out.
func (s *Summary) Set(facts ...Fact) {
	before := s.room.MinSize().Height
	s.room.Objects = nil
	for _, f := range facts {
		if f.Value == "" {
			continue
		}
		name := control.NewName(grid.PlainTitle(f.Name), factColumns*factWidth)
		name.SizeName, name.Importance = theme.SizeNameCaptionText, widget.LowImportance
		s.room.Add(container.New(layout.NewCustomPaddedVBoxLayout(-theme.Padding()*2), control.Flush(name), f.shown()))
	}
	s.room.Refresh()
	if s.whole != nil && s.room.MinSize().Height != before {
		s.whole.Refresh()
	}
}

// shown is the value as it is drawn.
func (f Fact) shown() fyne.CanvasObject {
	if f.badge {
		return control.NewBadge(f.Value, f.Look)
	}
	value := control.NewValue(f.Value)
	value.Most, value.TextStyle.Monospace = factColumns*factWidth, f.mono
	return control.Flush(value)
}

// CreateRenderer implements fyne.Widget.
func (s *Summary) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(s.room) }

const (
	factColumns = 4   // side by side at most
	factWidth   = 204 // of a column, about
	factGap     = 12  // between what stands in columns
)

// factLayout puts facts in as many columns as have room; one that is too long for a column takes as many as it needs.
type factLayout struct{ width float32 }

// Layout implements fyne.Layout.
func (l *factLayout) Layout(facts []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.each(facts, func(o fyne.CanvasObject, at fyne.Position, size fyne.Size) {
		o.Move(at)
		o.Resize(size)
	})
}

// MinSize implements fyne.Layout.
func (l *factLayout) MinSize(facts []fyne.CanvasObject) fyne.Size {
	var height float32
	l.each(facts, func(_ fyne.CanvasObject, at fyne.Position, size fyne.Size) { height = max(height, at.Y+size.Height) })
	return fyne.NewSize(0, height)
}

func (l *factLayout) each(facts []fyne.CanvasObject, place func(fyne.CanvasObject, fyne.Position, fyne.Size)) {
	columns := factColumns
	if l.width > 0 {
		columns = min(factColumns, max(1, int(l.width/factWidth+0.5)))
	}
	column := l.width / float32(columns)
	at, used := fyne.Position{}, 0
	for _, o := range facts {
		need := o.MinSize()
		span := min(columns, 1+int(need.Width/min(factWidth, max(column, 1))))
		if used+span > columns {
			at, used = fyne.NewPos(0, at.Y+need.Height), 0
		}
		place(o, at, fyne.NewSize(max(0, float32(span)*column-factGap), need.Height))
		at.X += float32(span) * column
		used += span
	}
}
