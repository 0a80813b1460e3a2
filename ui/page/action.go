package page

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/model"
	"consign/ui/control"
	"consign/ui/grid"
)

// allowed are the actions with what the role of the person at the desk does not allow turned off.
func allowed[R any](d Desk, actions []Action[R]) []Action[R] {
	actions = slices.Clone(actions)
	for i := range actions {
		actions[i].never = Refusal(d, actions[i])
	}
	return actions
}

// Refusal is nil if the role of the person at the desk allows the action, else why not.
func Refusal[R any](d Desk, a Action[R]) error {
	if a.Needs == "" {
		return nil
	}
	return d.Register().May(a.Needs)
}

// For is a button that leads to an act: it is off and says why where the role of the person at the desk does not allow that.
func For(d Desk, e model.Event, b *control.Button) *control.Button {
	b.Refuse(Refused(d, e, nil))
	return b
}

// Refused is why the role of the person at the desk does not allow an act, else what err says, "" for nil.
func Refused(d Desk, e model.Event, err error) string {
	if never := d.Register().May(e); never != nil {
		err = never
	}
	if err == nil {
		return ""
	}
	return ErrorText(err)
}

// MenuItemFor is the same in a menu.
func MenuItemFor(d Desk, e model.Event, title string, do func()) *fyne.MenuItem {
	item := fyne.NewMenuItem(title, do)
	if err := d.Register().May(e); err != nil {
		item.Disabled, item.Shortcut = true, control.Because(ErrorText(err))
	}
	return item
}

// BeginFor is a state whose button leads to an act, without the button where the role of the person at the desk does not allow that.
func BeginFor(d Desk, e model.Event, s grid.State) grid.State {
	if d.Register().May(e) != nil {
		s.Button, s.OnButton = "", nil
	}
	return s
}

// can is nil if the row, and the role of the person at the desk, allow the action.
func (a Action[R]) can(row R) error {
	if a.never != nil {
		return a.never
	}
	if a.Can == nil {
		return nil
	}
	return a.Can(row)
}

// menuItems are the actions for so many rows; the menu says why one is off when it is pointed at.
func menuItems[R any](actions []Action[R], count int, refused func(Action[R]) error, do func(Action[R])) []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, a := range actions {
		items = append(items, MenuItem(a, count, refused(a), func() { do(a) }))
	}
	return items
}

// MenuItem is an action for so many rows in a menu. One that is refused is off and says why, and so is one for a single row of several.
func MenuItem[R any](a Action[R], count int, refused error, do func()) *fyne.MenuItem {
	item := fyne.NewMenuItem(a.Title(count), do)
	switch {
	case refused != nil:
		item.Disabled, item.Shortcut = true, control.Because(ErrorText(refused))
	case a.One && count != 1:
		item.Disabled, item.Shortcut = true, control.Because(lang.L("Select only one for this."))
	}
	return item
}

// button is an action as a button.
type button[R any] struct {
	*control.Button
	action Action[R]
}

// RowButtons are the buttons of the page of one row: the actions that are buttons, and the others under ACTIONS.
type RowButtons[R any] struct {
	// Objects are the buttons, the main one last.
	Objects []fyne.CanvasObject
	main    []button[R]
}

// NewRowButtons makes the buttons for a row as it is now. read reads it again when one is pressed.
func NewRowButtons[R any](d Desk, id int64, now R, read func(context.Context) (R, error), actions []Action[R]) *RowButtons[R] {
	buttons := &RowButtons[R]{}
	selected := Selected[R]{Selection: grid.Selection{IDs: map[int64]struct{}{id: {}}, Shown: 1}}
	var inMenu []Action[R]
	for _, a := range allowed(d, actions) {
		if !a.Button {
			inMenu = append(inMenu, a)
			continue
		}
		b := control.NewButton(a.Title(1), func() { Read(d, read, func(row R) { a.doTo(d, row, selected) }) })
		b.Importance = widget.HighImportance
		buttons.main = append(buttons.main, button[R]{b, a})
	}
	if len(inMenu) > 0 {
		menu := newMenuButton()
		menu.OnTapped = func() {
			Read(d, read, func(row R) {
				control.ShowMenuBelow(menu, menuItems(inMenu, 1, func(a Action[R]) error { return a.can(row) },
					func(a Action[R]) { a.doTo(d, row, selected) }))
			})
		}
		buttons.Objects = append(buttons.Objects, menu)
	}
	for _, b := range buttons.main {
		buttons.Objects = append(buttons.Objects, b.Button)
	}
	buttons.Arm(now)
	return buttons
}

// Arm turns buttons off whose action the row forbids, and the others on.
func (r *RowButtons[R]) Arm(row R) {
	for _, b := range r.main {
		why := ""
		if err := b.action.can(row); err != nil {
			why = ErrorText(err)
		}
		b.Refuse(why)
	}
}

// newMenuButton is ACTIONS.
func newMenuButton() *control.Button {
	b := control.NewButtonWithIcon(lang.L("ACTIONS"), theme.MenuDropDownIcon(), nil)
	b.IconPlacement = widget.ButtonIconTrailingText
	return b
}

// newReason is a line that says why an action is refused.
func newReason() *control.Name {
	l := control.NewName("", 0)
	l.SizeName, l.Alignment = theme.SizeNameCaptionText, fyne.TextAlignTrailing
	return l
}

// besideStatus lays a reason over the free part of a view's status line, so that nothing moves when it comes and goes.
type besideStatus struct{}

const reasonShare = 0.7 // of the width

// Layout implements fyne.Layout.
func (besideStatus) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	view, reason := objects[0], objects[1]
	view.Resize(size)
	height := reason.MinSize().Height
	reason.Move(fyne.NewPos(size.Width*(1-reasonShare), size.Height-height))
	reason.Resize(fyne.NewSize(size.Width*reasonShare, height))
}

// MinSize implements fyne.Layout.
func (besideStatus) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }
