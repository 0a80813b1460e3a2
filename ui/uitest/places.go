package uitest

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/ui/control"
)

// placed is an object on screen that is pressed, written into or read.
type placed struct {
	at   fyne.Position // in the window
	size fyne.Size     // of a text that of its letters
	what string
	acts bool // it is pressed or written into
}

func (p placed) overlaps(q placed) bool {
	const touch = 1.5 // edges of neighbours may lie on each other
	return p.at.X+touch < q.at.X+q.size.Width && q.at.X+touch < p.at.X+p.size.Width &&
		p.at.Y+touch < q.at.Y+q.size.Height && q.at.Y+touch < p.at.Y+p.size.Height
}

// places finds what stands where in a window, and what is wrong with it.
type places struct {
	window fyne.Size
	found  []placed
	wrong  []string
}

// scope is what holds for the objects in an object.
type scope struct {
	clip     fyne.Size // of the scroll around them
	clipAt   fyne.Position
	across   bool // they are scrolled to sideways
	inTable  bool // a table places them
	inButton bool // their words are those of a button
}

// Misplaced looks over the layout of a window, without painting it, and says what a person would stumble over: a text that is cut without
// a tip, a button or field that is outside of the window and cannot be scrolled to, and what lies on something else.
func Misplaced(w fyne.Window) []string {
	p := placesIn(w)
	for i, a := range p.found {
		for _, b := range p.found[i+1:] {
			if a.overlaps(b) && (a.acts || b.acts) {
				p.wrong = append(p.wrong, fmt.Sprintf("%s at %v %v lies on %s at %v %v", a.what, a.at, a.size, b.what, b.at, b.size))
			}
		}
	}
	return p.wrong
}

// placesIn looks over the layout of a window, or of the dialog on top.
func placesIn(w fyne.Window) *places {
	control.HideTip()
	p := &places{window: w.Canvas().Size()}
	root := w.Content()
	if top := w.Canvas().Overlays().Top(); top != nil {
		root = top
	}
	p.look(root, fyne.CurrentApp().Driver().AbsolutePositionForObject(root), scope{clip: p.window})
	return p
}

// Crowded says which fields and buttons stand less than a gap under or beside a button.
func Crowded(w fyne.Window, gap float32) (wrong []string) {
	found := placesIn(w).found
	for _, a := range found {
		for _, b := range found {
			apart := b.at.Subtract(a.at.Add(a.size))
			over := a.at.X < b.at.X+b.size.Width && apart.X < 0 && apart.Y > -1 && apart.Y < gap
			beside := a.at.Y < b.at.Y+b.size.Height && apart.Y < 0 && apart.X > -1 && apart.X < gap
			if a.acts && b.acts && strings.HasPrefix(a.what, "the button") && (over || beside) {
				wrong = append(wrong, fmt.Sprintf("%s at %v %v is too near to %s at %v", a.what, a.at, a.size, b.what, b.at))
			}
		}
	}
	return wrong
}

func (p *places) look(o fyne.CanvasObject, at fyne.Position, in scope) {
	if o == nil || !o.Visible() {
		return
	}
	p.judge(o, at, &in)
	var children []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		children = o.Objects
	case fyne.Widget:
		children = test.WidgetRenderer(o).Objects()
	}
	for _, child := range children {
		p.look(child, at.Add(child.Position()), in)
	}
}

// judge notes where an object stands, what is wrong with it, and what holds within it.
func (p *places) judge(o fyne.CanvasObject, at fyne.Position, in *scope) {
	if in.inTable {
		return
	}
	switch o := o.(type) {
	case *container.Scroll:
		in.clipAt, in.clip = at, o.Size()
		if o.Content != nil && o.Content.MinSize().Width > o.Size().Width+1 {
			switch o.Direction {
			case container.ScrollHorizontalOnly:
				in.across = true
			case container.ScrollBoth:
				p.wrong = append(p.wrong, fmt.Sprintf("the page needs %v and has %v", o.Content.MinSize().Width, o.Size().Width))
				in.across = true
			}
		}
		return
	case *container.Clip:
		in.inTable = true
		return
	case *canvas.Text:
		return
	}
	if _, scrolls := o.(fyne.Scrollable); scrolls {
		in.inTable = true
		return
	}
	if b, is := buttonIn(o); is {
		p.add(o, at, *in, "the button "+b.Text, b.Text != "" || b.Icon != nil)
		in.inButton = true
		return
	}
	if l, is := LabelIn(o); is {
		p.label(o, l, at, *in)
		return
	}
	if c, is := o.(captioned); is {
		p.add(o, at, *in, "«"+c.Caption()+"»", true)
		return
	}
	if e, is := entryIn(o); is {
		p.add(o, at, *in, "a field", true)
		p.hint(o, e)
		in.inTable = true // what it holds scrolls, and a tip says what it proposes
	}
}

// hint judges what an empty field proposes: the toolkit would have it scrolled.
func (p *places) hint(o fyne.CanvasObject, e *widget.Entry) {
	walk(o, func(o fyne.CanvasObject) bool {
		s, scrolls := o.(*container.Scroll)
		if scrolls && e.Text == "" && s.Content.MinSize().Width > s.Size().Width+1 && s.Size().Width > 0 {
			p.wrong = append(p.wrong, fmt.Sprintf("the hint %q needs %v and has %v", e.PlaceHolder, s.Content.MinSize().Width, s.Size().Width))
		}
		return scrolls
	})
}

// add notes what is pressed or written into.
func (p *places) add(o fyne.CanvasObject, at fyne.Position, in scope, what string, solid bool) {
	size := o.Size()
	least := o.MinSize()
	if size.Width+1 < least.Width && !in.across {
		if _, cuts := o.(*control.Button); !cuts {
			p.wrong = append(p.wrong, fmt.Sprintf("%s needs %v and has %v", what, least.Width, size.Width))
		}
	}
	outside := at.X < in.clipAt.X-1 || at.X+size.Width > in.clipAt.X+in.clip.Width+1
	if in.clip == p.window { // nothing scrolls to it
		outside = outside || at.Y < -1 || at.Y+size.Height > p.window.Height+1
	}
	if outside && !in.across {
		p.wrong = append(p.wrong, fmt.Sprintf("%s at %v %v is outside of %v %v", what, at, size, in.clipAt, in.clip))
	}
	p.note(placed{at, size, what, true}, in, solid)
}

func (p *places) note(found placed, in scope, solid bool) {
	end := in.clipAt.AddXY(in.clip.Width, in.clip.Height)
	if !solid || found.at.X >= end.X || found.at.Y >= end.Y || found.at.X+found.size.Width <= in.clipAt.X ||
		found.at.Y+found.size.Height <= in.clipAt.Y {
		return // scrolled out of sight
	}
	from, to := fyne.NewPos(max(found.at.X, in.clipAt.X), max(found.at.Y, in.clipAt.Y)), found.at.Add(found.size)
	found.at, found.size = from, fyne.NewSize(min(to.X, end.X)-from.X, min(to.Y, end.Y)-from.Y)
	p.found = append(p.found, found)
}

// label judges a text.
func (p *places) label(o fyne.CanvasObject, l *widget.Label, at fyne.Position, in scope) {
	if l.Text == "" || in.inButton {
		return
	}
	size := l.SizeName
	if size == "" {
		size = theme.SizeNameText
	}
	pad := theme.InnerPadding()
	var letters fyne.Size
	for _, line := range strings.Split(l.Text, "\n") {
		of := fyne.MeasureText(line, theme.Size(size), l.TextStyle)
		letters = fyne.NewSize(max(letters.Width, of.Width), letters.Height+of.Height)
	}
	room := o.Size().Width - 2*pad
	_, tips := o.(interface{ IsCut() bool })
	if l.Wrapping == fyne.TextWrapOff && !tips && letters.Width > room+1 && !in.across {
		p.wrong = append(p.wrong, fmt.Sprintf("the text %q needs %v and has %v, without a tip", l.Text, letters.Width, room))
	}
	if l.Wrapping != fyne.TextWrapOff {
		letters = fyne.NewSize(room, o.Size().Height-2*pad)
	}
	letters.Width = min(letters.Width, room)
	x := at.X + pad
	switch l.Alignment {
	case fyne.TextAlignCenter:
		x += (room - letters.Width) / 2
	case fyne.TextAlignTrailing:
		x += room - letters.Width
	}
	if letters.Width > 0 && letters.Height > 0 {
		p.note(placed{fyne.NewPos(x, at.Y+pad), letters, fmt.Sprintf("the text %q", l.Text), false}, in, true)
	}
}
