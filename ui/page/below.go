package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/layout"
)

// Below lays content into the room below a line, as a border layout does, but the Tab key comes to the line first.
func Below(line, content fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: layout.NewBorderLayout(line, nil, nil, nil), Objects: []fyne.CanvasObject{line, content}}
}
