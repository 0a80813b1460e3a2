package control

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// ShowMenu opens a menu at a place of a canvas. An item that is off does nothing: the toolkit's menu takes it with Enter all the same.
func ShowMenu(c fyne.Canvas, items []*fyne.MenuItem, at fyne.Position) {
	for _, item := range items {
		if item.Disabled {
			item.Action = nil
		}
	}
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), c, at)
}

// ShowMenuBelow opens a menu below an object that is on screen.
func ShowMenuBelow(o fyne.CanvasObject, items []*fyne.MenuItem) {
	driver := fyne.CurrentApp().Driver()
	if c := driver.CanvasForObject(o); c != nil {
		ShowMenu(c, items, driver.AbsolutePositionForObject(o).AddXY(0, o.Size().Height))
	}
}
