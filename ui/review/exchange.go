package review

import (
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"

	"consign/data/intake"
	"consign/ui/control"
)

// askExchange offers to exchange the devices of a list that has a column of those that go: as an upload the old ones would stay.
func (r *Reviewer) askExchange(l *list) {
	if r.Exchange == nil || !l.layout.Has(intake.OldIMEI) && !l.layout.Has(intake.OldSerial) {
		return
	}
	exchange := control.NewButton(lang.L("Exchange by list…"), func() {
		k := keptOf(l)
		r.throwAway(l) // it can be taken back
		r.Exchange(k)
	})
	r.question(theme.InfoIcon(), questionText(lang.L("The list has old and new devices. "+
		"An upload takes the new ones and leaves the old ones where they are.")),
		exchange)
}
