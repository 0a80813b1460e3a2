package desk

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/assets"
	"consign/model"
	"consign/ui/control"
	"consign/ui/look"
	"consign/ui/settings"
	"consign/ui/shell"
)

// showWelcome asks an office whose register is new who it is.
func (d *Desk) showWelcome() {
	d.window.SetMainMenu(d.menu())
	icon := canvas.NewImageFromResource(assets.Icon)
	icon.SetMinSize(fyne.NewSquareSize(88))
	title := widget.NewLabelWithStyle(lang.L("Welcome to Consign"), fyne.TextAlignCenter, fyne.TextStyle{Bold: true})
	title.SizeName = theme.SizeNameHeadingText
	text := widget.NewLabelWithStyle(lang.L("The desk for the devices that your office prepares for Samsung Knox.\n"+
		"Everything stays on this computer. Who are you?"),
		fyne.TextAlignCenter, fyne.TextStyle{})
	text.Wrapping = fyne.TextWrapWord
	enter := func(kind model.AccountKind) func() {
		return func() {
			settings.ShowOurAccount(d, model.Account{Kind: kind, Ours: true}, d.settleAs)
		}
	}
	doors := container.New(&doorways{},
		newDoor(lang.L("We are a reseller"), lang.L("We sell devices and upload them for our customers and MSPs."), theme.StorageIcon(),
			enter(model.Reseller)),
		newDoor(lang.L("We are an MSP"), lang.L("We run devices for our customers: approve uploads and move the devices on."),
			theme.ComputerIcon(), enter(model.MSP)),
		newDoor(lang.L("Look around with sample data"), lang.L("A made-up office with thousands of devices. Nothing of it mixes with yours."),
			theme.VisibilityIcon(), d.program.OpenSampleAsync))
	takeOver := control.NewButtonWithIcon(lang.L("We have a portal already: take it over"), theme.MenuDropDownIcon(), nil)
	takeOver.IconPlacement = widget.ButtonIconTrailingText
	takeOver.OnTapped = func() {
		as := func(kind model.AccountKind) func() {
			return func() { settings.ShowOurAccount(d, model.Account{Kind: kind, Ours: true}, d.settleToTakeOver) }
		}
		control.ShowMenuBelow(takeOver, []*fyne.MenuItem{fyne.NewMenuItem(lang.L("As a reseller…"), as(model.Reseller)),
			fyne.NewMenuItem(lang.L("As an MSP…"), as(model.MSP))})
	}
	both := widget.NewLabelWithStyle(lang.L("An office that is both starts with one and adds the other later."), fyne.TextAlignCenter,
		fyne.TextStyle{})
	both.Importance, both.Wrapping = widget.LowImportance, fyne.TextWrapWord
	room := container.NewVScroll(nil)
	room.Content = control.InTheMiddle(welcomeWidth, room.Refresh, container.NewCenter(icon), title, text, shell.Gap(12), doors, shell.Gap(8),
		container.NewCenter(takeOver), both)
	d.window.SetContent(container.NewStack(shell.NewSurface(look.Sidebar), container.New(layout.NewCustomPaddedLayout(0, 0, shell.Margin,
		shell.Margin), room)))
}

// welcomeWidth is that of the doors beside each other, and the most that the texts over them have.
const welcomeWidth = 890

// doorways lays doors beside each other in the middle, or one under another where they have no room for that.
type doorways struct{ width float32 }

// inOneLine is the size of the doors beside each other.
func (l *doorways) inOneLine(objects []fyne.CanvasObject) (size fyne.Size) {
	for _, o := range objects {
		least := o.MinSize()
		size = fyne.NewSize(size.Width+least.Width, max(size.Height, least.Height))
	}
	return size
}

// MinSize implements fyne.Layout: of the lines that it was laid out in last.
func (l *doorways) MinSize(objects []fyne.CanvasObject) (size fyne.Size) {
	line := l.inOneLine(objects)
	for _, o := range objects {
		least := o.MinSize()
		size = fyne.NewSize(max(size.Width, least.Width), size.Height+least.Height)
	}
	if l.width >= line.Width {
		size.Height = line.Height
	}
	return size
}

// Layout implements fyne.Layout.
func (l *doorways) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	line := l.inOneLine(objects)
	at := fyne.NewPos((size.Width-line.Width)/2, 0)
	for _, o := range objects {
		least := o.MinSize()
		if l.width < line.Width {
			o.Move(fyne.NewPos((size.Width-least.Width)/2, at.Y))
			o.Resize(least)
			at.Y += least.Height
			continue
		}
		o.Move(at)
		o.Resize(fyne.NewSize(least.Width, line.Height))
		at.X += least.Width
	}
}

// door is a large button with an icon, a title and a text.
type door struct {
	widget.BaseWidget
	title, text string
	icon        fyne.Resource
	onTapped    func()

	hovered, focused bool
	area             *canvas.Rectangle
}

func newDoor(title, text string, icon fyne.Resource, onTapped func()) *door {
	d := &door{title: title, text: text, icon: icon, onTapped: onTapped, area: &canvas.Rectangle{}}
	d.ExtendBaseWidget(d)
	return d
}

// Caption is the text that people see.
func (d *door) Caption() string { return d.title }

func (d *door) Tapped(*fyne.PointEvent) { d.onTapped() }

func (d *door) MouseIn(*desktop.MouseEvent)    { d.hovered = true; d.Refresh() }
func (d *door) MouseMoved(*desktop.MouseEvent) {}
func (d *door) MouseOut()                      { d.hovered = false; d.Refresh() }

func (d *door) FocusGained()   { d.focused = true; d.Refresh() }
func (d *door) FocusLost()     { d.focused = false; d.Refresh() }
func (d *door) TypedRune(rune) {}

func (d *door) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		d.onTapped()
	default:
		control.PassOn(d, k)
	}
}

func (d *door) CreateRenderer() fyne.WidgetRenderer {
	icon := canvas.NewImageFromResource(theme.NewPrimaryThemedResource(d.icon))
	icon.SetMinSize(fyne.NewSquareSize(36))
	title := widget.NewLabelWithStyle(d.title, fyne.TextAlignCenter, fyne.TextStyle{Bold: true})
	title.SizeName, title.Wrapping = theme.SizeNameSubHeadingText, fyne.TextWrapWord
	text := widget.NewLabelWithStyle(d.text, fyne.TextAlignCenter, fyne.TextStyle{})
	text.Wrapping, text.Importance = fyne.TextWrapWord, widget.LowImportance
	inside := container.New(control.Wide(246), shell.Gap(8), container.NewCenter(icon), shell.Gap(8), title, text)
	r := &doorRenderer{door: d, WidgetRenderer: widget.NewSimpleRenderer(container.New(layout.NewCustomPaddedLayout(0, 0, 6, 6),
		container.NewStack(d.area, container.New(layout.NewCustomPaddedLayout(14, 18, 14, 14), inside))))}
	r.Refresh()
	return r
}

type doorRenderer struct {
	fyne.WidgetRenderer
	door *door
}

func (r *doorRenderer) Refresh() {
	area := r.door.area
	area.FillColor = theme.Color(theme.ColorNameBackground)
	area.StrokeColor, area.StrokeWidth = theme.Color(theme.ColorNameSeparator), 1
	if r.door.hovered || r.door.focused {
		area.StrokeColor, area.StrokeWidth = theme.Color(theme.ColorNamePrimary), 2
	}
	area.CornerRadius = 10
	area.Refresh()
	r.WidgetRenderer.Refresh()
}
