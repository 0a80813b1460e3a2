package device

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"consign/data"
	"consign/model"
	"consign/ui/page"
)

// swapped says of an act in the history for which device this one was exchanged, with a link to that one's card, and under which reference;
// nil of other acts.
func (c *card) swapped(a model.Activity) fyne.CanvasObject {
	rows := container.New(layout.NewCustomPaddedVBoxLayout(-theme.InnerPadding()))
	for _, x := range c.swaps {
		if x.ActivityID != a.ID {
			continue
		}
		if partner, text := c.partner(x); partner != 0 {
			rows.Add(newLink(text, c.past, func() {
				c.hide()
				ShowCard(c.desk, partner)
			}))
		}
		if said := referenceOf(x); said != "" {
			rows.Add(small(said, theme.ColorNameForeground))
		}
	}
	if len(rows.Objects) == 0 {
		return nil
	}
	return rows
}

// partner is the other device of an exchange, 0 of a return, and what it is to this one.
func (c *card) partner(x data.Exchanged) (id int64, says string) {
	switch {
	case x.New == 0:
		return 0, ""
	case x.New == c.ID:
		return x.Old, lang.L("came for {{.Identifier}}", map[string]any{"Identifier": x.OldName})
	}
	return x.New, lang.L("in its place: {{.Identifier}}", map[string]any{"Identifier": x.NewName})
}

// referenceOf is the reference, the day and the note of an exchange or a return, as far as they were entered.
func referenceOf(x data.Exchanged) string {
	var parts []string
	if x.Reference != "" {
		parts = append(parts, lang.L("Reference")+" "+x.Reference)
	}
	if !x.Day.IsZero() {
		parts = append(parts, page.Date(x.Day))
	}
	if x.Note != "" {
		parts = append(parts, x.Note)
	}
	return strings.Join(parts, " · ")
}
