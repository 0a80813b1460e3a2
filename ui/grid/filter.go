package grid

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/ui/control"
)

// filterChoice is a filter above the rows: a button that opens the choices and says the chosen one, and another that takes it away.
type filterChoice struct {
	widget.BaseWidget
	filter     Filter
	options    []Option // as read last
	value      string
	choose     func(value string)
	resized    func() // tells that the buttons need another width
	work, post func(func())

	open, away *control.Button
	content    *fyne.Container
}

// filterMost is the widest that a filter with its chosen value is.
const filterMost = 260

func newFilterChoice(f Filter, work, post func(func()), choose func(string), resized func()) *filterChoice {
	c := &filterChoice{filter: f, choose: choose, resized: resized, work: work, post: post}
	c.open = control.NewButtonWithIcon(f.Title, theme.MenuDropDownIcon(), c.openAsync)
	c.open.IconPlacement, c.open.Most = widget.ButtonIconTrailingText, filterMost
	if f.Options == nil {
		c.open.SetIcon(nil)
	}
	c.away = control.NewButtonWithIcon("", theme.CancelIcon(), func() {
		c.choose("")
		if on := fyne.CurrentApp().Driver().CanvasForObject(c); on != nil {
			on.Focus(c.open) // this button is gone
		}
	})
	c.content = container.NewHBox(c.open, c.away)
	c.ExtendBaseWidget(c)
	c.draw()
	return c
}

// CreateRenderer implements fyne.Widget.
func (c *filterChoice) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(c.content)
}

// show brings the filter in line with a question.
func (c *filterChoice) show(value string) {
	if value == c.value {
		return
	}
	c.value = value
	c.draw()
	if value != "" && c.options == nil && c.filter.Options != nil && c.filter.Text == nil {
		c.readAsync(c.draw)
	}
}

func (c *filterChoice) draw() {
	c.open.Importance, c.away.Importance = widget.MediumImportance, widget.MediumImportance
	text := c.filter.Title
	if c.value != "" {
		text += ": " + c.says(c.value)
		c.open.Importance, c.away.Importance = widget.HighImportance, widget.HighImportance
	}
	c.open.SetText(text)
	c.open.Refresh()
	c.away.Refresh()
	c.away.Hidden = c.value == ""
	c.open.Hidden = c.value == "" && c.filter.Options == nil
	c.content.Refresh()
	c.resized()
}

// says is a value in words.
func (c *filterChoice) says(value string) string {
	if c.filter.Text != nil {
		return c.filter.Text(value)
	}
	if i := slices.IndexFunc(c.options, func(o Option) bool { return o.Value == value }); i >= 0 {
		return c.options[i].Text
	}
	return value
}

// openAsync reads the choices and shows them.
func (c *filterChoice) openAsync() {
	if c.filter.Options != nil {
		c.readAsync(c.showMenu)
	}
}

func (c *filterChoice) readAsync(then func()) {
	c.work(func() {
		options, err := c.filter.Options(context.Background())
		c.post(func() {
			if err != nil {
				fyne.LogError("read the choices of a filter", err)
				return
			}
			c.options = options
			then()
		})
	})
}

func (c *filterChoice) take(o Option) {
	if o.Ask != nil {
		o.Ask(c.choose)
		return
	}
	c.choose(o.Value)
}

func (c *filterChoice) showMenu() {
	items := []*fyne.MenuItem{fyne.NewMenuItem(lang.L("Any"), func() { c.choose("") }), fyne.NewMenuItemSeparator()}
	items[0].Checked = c.value == ""
	for _, o := range c.options {
		item := fyne.NewMenuItem(o.Text, func() { c.take(o) })
		item.Checked = o.Ask == nil && o.Value == c.value
		items = append(items, item)
	}
	control.ShowMenuBelow(c, items)
}
