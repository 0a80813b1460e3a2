package grid

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/ui/control"
)

// State is what a view shows instead of rows: what is the matter, and a button that helps.
type State struct {
	Title string
	Text  string
	// Button may be empty.
	Button   string
	OnButton func()
}

// notice shows a state over the rows.
type notice struct {
	widget.BaseWidget
	back    *canvas.Rectangle
	title   *widget.Label
	text    *widget.Label
	button  *control.Button
	content *fyne.Container
}

func newNotice() *notice {
	n := &notice{back: canvas.NewRectangle(color.Transparent), title: widget.NewLabel(""), text: widget.NewLabel(""),
		button: control.NewButton("", nil)}
	n.title.TextStyle.Bold, n.title.Alignment, n.title.SizeName = true, fyne.TextAlignCenter, theme.SizeNameSubHeadingText
	n.text.Alignment, n.text.Wrapping = fyne.TextAlignCenter, fyne.TextWrapWord
	n.button.Importance = widget.HighImportance
	n.content = container.NewStack(n.back, container.NewVBox(layout.NewSpacer(), n.title, n.text, container.NewCenter(n.button),
		layout.NewSpacer()))
	n.ExtendBaseWidget(n)
	n.Hide()
	return n
}

// show shows a state, or with nil the rows behind it.
func (n *notice) show(s *State) {
	if s == nil {
		setVisible(n, false)
		return
	}
	n.title.SetText(s.Title)
	n.text.SetText(s.Text)
	n.text.Hidden = s.Text == ""
	n.button.SetText(s.Button)
	n.button.OnTapped = s.OnButton
	n.button.Hidden = s.Button == ""
	setVisible(n, true)
	n.Refresh()
}

// Refresh implements fyne.CanvasObject.
func (n *notice) Refresh() {
	n.back.FillColor = n.Theme().Color(theme.ColorNameBackground, fyne.CurrentApp().Settings().ThemeVariant())
	n.BaseWidget.Refresh()
}

// MouseDown implements desktop.Mouseable: the rows behind a notice are not clicked.
func (n *notice) MouseDown(*desktop.MouseEvent) {}

// MouseUp implements desktop.Mouseable.
func (n *notice) MouseUp(*desktop.MouseEvent) {}

// TappedSecondary implements fyne.SecondaryTappable: they have no menu either.
func (n *notice) TappedSecondary(*fyne.PointEvent) {}

// Scrolled implements fyne.Scrollable: nor do they scroll.
func (n *notice) Scrolled(*fyne.ScrollEvent) {}

// MinSize implements fyne.CanvasObject: a notice never asks for more room than the rows.
func (n *notice) MinSize() fyne.Size { return fyne.NewSize(1, 1) }

// CreateRenderer implements fyne.Widget.
func (n *notice) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(n.content) }
