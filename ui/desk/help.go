package desk

import (
	"runtime"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/model"
	"consign/model/search"
	"consign/ui/control"
	"consign/ui/review"
)

// topic is an entry of the help: a key and what it does, or a verdict with what it means and what to do.
type topic struct {
	name, text string
	key        bool
}

// chapter is entries of the help under a heading.
type chapter struct {
	title  string
	topics []topic
}

// chapters are all of the help.
func (d *Desk) chapters() []chapter {
	everywhere := chapter{title: lang.L("Keys everywhere")}
	for _, m := range d.commandMenus() {
		for _, group := range m.groups {
			for _, c := range group {
				if c.shortcut != nil {
					everywhere.topics = append(everywhere.topics, topic{shortcutText(c.shortcut), c.title, true})
				}
			}
		}
	}
	if runtime.GOOS != "darwin" { // where the system draws the menu
		everywhere.topics = append(everywhere.topics, topic{"F10", lang.L("Open the menu"), true},
			topic{lang.L("Alt") + "+" + lang.L("Letter"), lang.L("Open the menu that begins with it"), true})
	}
	table := chapter{title: lang.L("Keys in a table")}
	for _, k := range tableKeys() {
		table.topics = append(table.topics, topic{k[0], k[1], true})
	}
	lines := chapter{title: lang.L("Verdicts of a list for an upload")}
	for _, v := range model.Verdicts {
		lines.topics = append(lines.topics, explained(review.Explain(v)))
	}
	sought := chapter{title: lang.L("Verdicts of devices by list")}
	for _, is := range model.SoughtKinds {
		sought.topics = append(sought.topics, explained(review.ExplainSought(is)))
	}
	return []chapter{everywhere, table, lines, sought}
}

func explained(e review.Explanation) topic { return topic{name: e.Word, text: e.Means + "\n" + e.Do} }

// holds are the chapters with those of their entries that hold what is typed: in their words, or in their heading.
func holds(all []chapter, typed string) []chapter {
	sought := search.For(typed)
	if sought.Empty() {
		return all
	}
	var some []chapter
	for _, c := range all {
		found := chapter{title: c.title}
		for _, t := range c.topics {
			if search.In(sought, c.title, t.name, t.text) {
				found.topics = append(found.topics, t)
			}
		}
		if len(found.topics) > 0 {
			some = append(some, found)
		}
	}
	return some
}

const (
	helpWidth  = 720
	helpHeight = 520
	topicWidth = 190 // of a key or a verdict
)

// help shows what every verdict means and what every key does, and finds in it what is typed.
func (d *Desk) help() {
	all := d.chapters()
	shown := container.New(layout.NewCustomPaddedVBoxLayout(-4))
	room := container.NewVScroll(shown)
	room.SetMinSize(fyne.NewSize(min(helpWidth, d.window.Canvas().Size().Width-80), min(helpHeight, d.window.Canvas().Size().Height-220)))
	field := control.NewEntry()
	field.SetPlaceHolder(lang.L("Search in the help"))
	field.OnChanged = func(typed string) {
		shown.Objects = nil
		for _, c := range holds(all, typed) {
			shown.Add(heading(c.title))
			for _, t := range c.topics {
				shown.Add(t.row())
			}
		}
		if len(shown.Objects) == 0 {
			shown.Add(widget.NewLabel(lang.L("Nothing in the help has these words.")))
		}
		shown.Refresh()
		room.ScrollToTop()
	}
	field.OnChanged("")
	h := control.NewDialog(lang.L("Help"), control.InOrder(field, nil, room, nil, nil), d.window)
	closing := control.NewMainButton(lang.L("Close"), h.Hide)
	buttons := []fyne.CanvasObject{closing}
	if !d.actsForNobody() {
		buttons = append([]fyne.CanvasObject{control.NewButton(lang.L("Take the tour"), func() {
			h.Hide()
			d.takeTour()
		})}, closing)
	}
	h.SetButtons(buttons)
	h.Show()
	control.Answer(d.window.Canvas(), control.Keys{Escape: h.Hide, Enter: h.Hide, Scroll: room})
	d.window.Canvas().Focus(field)
}

func heading(title string) fyne.CanvasObject {
	head := control.NewHeading(title, theme.SizeNameSubHeadingText, 0)
	return container.New(layout.NewCustomPaddedLayout(8, 4, 0, 0), control.Flush(head))
}

// row is the topic on screen.
func (t topic) row() fyne.CanvasObject {
	name := widget.NewLabelWithStyle(t.name, fyne.TextAlignLeading, fyne.TextStyle{Monospace: t.key, Bold: !t.key})
	name.Wrapping = fyne.TextWrapWord
	text := widget.NewLabel(t.text)
	text.Wrapping = fyne.TextWrapWord
	return container.NewBorder(nil, nil, container.New(control.Wide(topicWidth), control.Flush(name)), nil, text)
}

// tableKeys are the keys of every table (see package grid) and what they do.
func tableKeys() [][2]string {
	ctrlKey := shortcutText(ctrl(""))
	return [][2]string{
		{"↑ ↓ " + strings.Join([]string{lang.L("PgUp"), lang.L("PgDn"), lang.L("Home"), lang.L("End")}, " "),
			lang.L("Move; with Shift extend the selection")},
		{lang.L("Space"), lang.L("Select or leave out this row")},
		{ctrlKey + "A", lang.L("Select all rows that are shown")},
		{lang.L("Esc"), lang.L("Clear the selection")},
		{lang.L("Enter"), lang.L("Open this row")},
		{lang.L("Del"), lang.L("Delete the selection, after asking")},
		{ctrlKey + "C", lang.L("Copy the selection")},
		{ctrlKey + lang.L("Shift") + "+C", lang.L("Copy it with column headings")},
		{lang.L("Shift") + "+F10", lang.L("Actions of the selection")},
		{ctrlKey + lang.L("Shift") + "+H", lang.L("Columns")},
		{ctrlKey + "G", lang.L("Go to a row by its number")},
		{lang.L("Letters"), lang.L("Seek in the sorted column")},
	}
}
