package newupload

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/ui/control"
)

const (
	markSize  = 22
	stepGap   = 8   // between the mark and the title, and behind it
	stepWidth = 108 // of the mark and title at the left of every step
)

// step is the head of one of the four steps of an upload: its number, which becomes a tick when the step is done, and its title.
type step struct {
	widget.BaseWidget
	number int
	title  string
	done   bool
	beside []*step // the other steps, whose titles have the same room: what they hold begins at one edge
}

func newStep(number int, title string) *step {
	s := &step{number: number, title: title}
	s.ExtendBaseWidget(s)
	return s
}

func (s *step) setDone(done bool) {
	if s.done != done {
		s.done = done
		s.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (s *step) CreateRenderer() fyne.WidgetRenderer {
	r := &stepRenderer{step: s, mark: &canvas.Circle{}, number: &canvas.Text{Text: strconv.Itoa(s.number),
		TextStyle: fyne.TextStyle{Bold: true}},
		tick: canvas.NewImageFromResource(nil), title: &canvas.Text{Text: s.title, TextStyle: fyne.TextStyle{Bold: true}}}
	r.objects = []fyne.CanvasObject{r.mark, r.number, r.tick, r.title}
	r.Refresh()
	return r
}

type stepRenderer struct {
	step          *step
	mark          *canvas.Circle
	number, title *canvas.Text
	tick          *canvas.Image
	objects       []fyne.CanvasObject
}

func (r *stepRenderer) MinSize() fyne.Size {
	width := float32(stepWidth)
	for _, s := range append(r.step.beside, r.step) {
		letters := fyne.MeasureText(s.title, r.step.Theme().Size(theme.SizeNameText), r.title.TextStyle)
		width = max(width, markSize+2*stepGap+letters.Width)
	}
	return fyne.NewSize(width, 30)
}

func (r *stepRenderer) Layout(size fyne.Size) {
	middle := float32(15) // the first row of a step is one control high
	r.mark.Resize(fyne.NewSquareSize(markSize))
	r.mark.Move(fyne.NewPos(0, middle-markSize/2))
	n := r.number.MinSize()
	r.number.Move(fyne.NewPos((markSize-n.Width)/2, middle-n.Height/2))
	r.tick.Resize(fyne.NewSquareSize(14))
	r.tick.Move(fyne.NewPos(markSize/2-7, middle-7))
	r.title.Move(fyne.NewPos(markSize+stepGap, middle-r.title.MinSize().Height/2))
}

func (r *stepRenderer) Refresh() {
	th, variant := r.step.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	fill, ink := theme.ColorNamePrimary, theme.ColorNameForegroundOnPrimary
	if r.step.done {
		fill, ink = theme.ColorNameSuccess, theme.ColorNameForegroundOnSuccess
	}
	r.mark.FillColor = th.Color(fill, variant)
	r.number.Color, r.number.TextSize = th.Color(ink, variant), th.Size(theme.SizeNameText)
	r.title.Color, r.title.TextSize = th.Color(theme.ColorNameForeground, variant), th.Size(theme.SizeNameText)
	r.tick.Resource = theme.NewColoredResource(theme.ConfirmIcon(), ink)
	r.number.Hidden, r.tick.Hidden = r.step.done, !r.step.done
	r.Layout(r.step.Size())
	for _, o := range r.objects {
		o.Refresh()
	}
}

func (r *stepRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *stepRenderer) Destroy()                     {}

// sideBySide lays two steps on one line where they have room, else one below the other.
type sideBySide struct {
	buttons       *fyne.Container // of the second one, which take further lines where even that is too little
	width, height float32         // that there is, and that it needs there
	again         func()          // lays out what holds it, when it needs another height
}

func newSideBySide(first, second fyne.CanvasObject, buttons *fyne.Container, again func()) *fyne.Container {
	return container.New(&sideBySide{buttons: buttons, again: again}, first, second)
}

const betweenSteps = 24

func (l *sideBySide) fits(objects []fyne.CanvasObject, width float32) bool {
	return objects[0].MinSize().Width+betweenSteps+l.inOneLine(objects[1]) <= width
}

// inOneLine is the width of the second one with its buttons in one line.
func (l *sideBySide) inOneLine(second fyne.CanvasObject) float32 {
	return second.MinSize().Width - l.buttons.MinSize().Width + control.InOneLine(l.buttons)
}

// MinSize implements fyne.Layout.
func (l *sideBySide) MinSize(objects []fyne.CanvasObject) fyne.Size {
	a, b := objects[0].MinSize(), objects[1].MinSize()
	if l.fits(objects, l.width) {
		return fyne.NewSize(max(a.Width, b.Width), max(a.Height, b.Height))
	}
	return fyne.NewSize(max(a.Width, b.Width), a.Height+b.Height)
}

// Layout implements fyne.Layout.
func (l *sideBySide) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	a, b := objects[0], objects[1]
	l.width = size.Width
	defer func() {
		if height := l.MinSize(objects).Height; height != l.height {
			l.height = height
			l.again()
		}
	}()
	if l.fits(objects, size.Width) {
		width := l.inOneLine(b)
		b.Resize(fyne.NewSize(width, b.MinSize().Height))
		a.Resize(fyne.NewSize(size.Width-width-betweenSteps, a.MinSize().Height))
		b.Move(fyne.NewPos(size.Width-width, 0))
		a.Move(fyne.Position{})
		return
	}
	a.Resize(fyne.NewSize(size.Width, a.MinSize().Height))
	a.Move(fyne.Position{})
	b.Move(fyne.NewPos(0, a.MinSize().Height))
	for range 2 { // the buttons know their lines once they have a width
		b.Resize(fyne.NewSize(size.Width, b.MinSize().Height))
	}
}
