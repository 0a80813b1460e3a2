package control

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// menuLine is one item of a menu.
type menuLine struct {
	widget.BaseWidget
	menu    *menu
	item    *fyne.MenuItem
	indent  float32 // of the text: the room of marks and pictures, which some item of the menu has
	picture float32 // where the picture stands
}

var (
	_ fyne.Tappable     = (*menuLine)(nil)
	_ desktop.Hoverable = (*menuLine)(nil)
)

const (
	menuHeight = 32
	menuSide   = 12
	menuIcon   = 16
	// widestMenu is as wide as a line asks to be.
	widestMenu = 480
)

func newMenuLine(m *menu, item *fyne.MenuItem, marked, pictured bool) *menuLine {
	l := &menuLine{menu: m, item: item, indent: menuSide, picture: menuSide}
	for _, takes := range []bool{marked, pictured} {
		if takes {
			l.indent += menuIcon + 8
		}
	}
	if marked {
		l.picture += menuIcon + 8
	}
	l.ExtendBaseWidget(l)
	return l
}

// Tapped implements fyne.Tappable.
func (l *menuLine) Tapped(*fyne.PointEvent) { l.menu.take(l) }

// MouseIn implements desktop.Hoverable.
func (l *menuLine) MouseIn(*desktop.MouseEvent) { l.menu.activate(l) }

// offerTip says what the line is about where it is cut.
func (l *menuLine) offerTip() {
	if l.needs() > l.Size().Width+0.5 && l.Size().Width > 0 {
		OfferTip(l, l.item.Label, fyne.NewPos(l.indent-8, menuHeight-14))
	}
}

// needs is the width with which the line stands whole.
func (l *menuLine) needs() float32 {
	return l.indent + fyne.MeasureText(l.item.Label, l.Theme().Size(theme.SizeNameText), fyne.TextStyle{}).Width + 2*menuSide
}

// MouseMoved implements desktop.Hoverable.
func (l *menuLine) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (l *menuLine) MouseOut() {
	if l.menu.active == l {
		l.menu.activate(nil)
	}
}

// CreateRenderer implements fyne.Widget.
func (l *menuLine) CreateRenderer() fyne.WidgetRenderer {
	r := &menuLineRenderer{line: l, back: &canvas.Rectangle{}, text: &canvas.Text{Text: l.item.Label}}
	r.objects = []fyne.CanvasObject{r.back, r.text}
	for _, picture := range []struct {
		of    fyne.Resource
		shown bool
		at    *float32
	}{
		{theme.ConfirmIcon(), l.item.Checked, nil}, {l.item.Icon, l.item.Icon != nil, &l.picture},
	} {
		if !picture.shown {
			continue
		}
		ink := theme.ColorNameForeground
		if l.item.Disabled {
			ink = theme.ColorNameDisabled
		}
		i := canvas.NewImageFromResource(theme.NewColoredResource(picture.of, ink))
		x := float32(menuSide)
		if picture.at != nil {
			x = *picture.at
		}
		i.Move(fyne.NewPos(x, (menuHeight-menuIcon)/2))
		i.Resize(fyne.NewSquareSize(menuIcon))
		r.objects = append(r.objects, i)
	}
	r.Refresh()
	return r
}

type menuLineRenderer struct {
	line    *menuLine
	back    *canvas.Rectangle
	text    *canvas.Text
	objects []fyne.CanvasObject
}

// MinSize implements fyne.WidgetRenderer.
func (r *menuLineRenderer) MinSize() fyne.Size {
	return fyne.NewSize(min(widestMenu, r.line.needs()), menuHeight)
}

// Layout implements fyne.WidgetRenderer.
func (r *menuLineRenderer) Layout(size fyne.Size) {
	r.back.Move(fyne.NewPos(menuPad, 0))
	r.back.Resize(fyne.NewSize(max(0, size.Width-2*menuPad), size.Height))
	l := r.line
	r.text.Text = Cut(l.item.Label, max(0, size.Width-l.indent-2*menuSide)+0.5, r.text.TextSize, r.text.TextStyle)
	r.text.Move(fyne.NewPos(r.line.indent, (size.Height-r.text.MinSize().Height)/2))
}

// Refresh implements fyne.WidgetRenderer. The marked line has the ring of what has the keyboard.
func (r *menuLineRenderer) Refresh() {
	l, th, v := r.line, r.line.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	ink := theme.ColorNameForeground
	if l.item.Disabled {
		ink = theme.ColorNameDisabled
	}
	active := l.menu.active == l
	MarkFocus(r.back, th, v, active && !l.item.Disabled, active)
	r.text.Color, r.text.TextSize = th.Color(ink, v), th.Size(theme.SizeNameText)
	if l.Size().Width > 0 {
		r.Layout(l.Size())
	} else {
		r.text.Text = l.item.Label
	}
	r.back.Refresh()
	r.text.Refresh()
}

// Objects implements fyne.WidgetRenderer.
func (r *menuLineRenderer) Objects() []fyne.CanvasObject { return r.objects }

// Destroy implements fyne.WidgetRenderer.
func (r *menuLineRenderer) Destroy() {}
