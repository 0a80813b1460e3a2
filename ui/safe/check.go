package safe

import (
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/data"
	"consign/model"
	"consign/ui/control"
	"consign/ui/page"
)

// checked is what a check has found.
type checked struct {
	at     time.Time
	damage error // pages, references and counters are not sound; the log was not looked at then
	log    data.LogCheck
	around map[int64]model.Activity // the entries that breaks name
}

// checkPage is the check of the register and what it has found.
type checkPage struct {
	desk    page.Desk
	restore func() // leads to the backups
	result  *fyne.Container
	again   *control.Button
}

// CheckPage checks the register as soon as it is opened, and again when it is asked to. restore leads to the backups.
func CheckPage(d page.Desk, restore func()) *page.Page {
	p := &checkPage{desk: d, restore: restore, result: container.NewVBox()}
	p.again = control.NewButton(lang.L("Check again"), p.runAsync)
	p.tell(lang.L("Not checked yet"), lang.L("The check looks at every page of the file, follows its references, counts its counters again, "+
		"and goes through the whole log."), widget.MediumImportance)
	p.runAsync()
	return &page.Page{Title: lang.L("Check"), Actions: []fyne.CanvasObject{p.again}, First: func() fyne.Focusable { return p.again },
		Content: container.NewVScroll(p.result)}
}

func (p *checkPage) runAsync() {
	var found checked
	p.desk.RunAsync(lang.L("Checking the register…"), func(ctx context.Context, progress func(int, int)) (err error) {
		found, err = check(ctx, p.desk.Register().Safe(), p.desk.Register().Activity(), progress)
		return err
	}, func() { p.show(found) })
}

// check looks at the register and then at its log. Damage is a result and no error.
func check(ctx context.Context, safe data.Safe, log data.Activity, progress data.Progress) (checked, error) {
	found := checked{at: time.Now(), around: map[int64]model.Activity{}}
	progress(0, 0)
	if err := safe.Check(ctx); model.CodeOf(err) == model.Damaged {
		found.damage = err
		return found, nil
	} else if err != nil {
		return found, err
	}
	var err error
	if found.log, err = safe.CheckLog(ctx, progress); err != nil {
		return found, err
	}
	if found.log.Sound() {
		if err := safe.NoteCheck(ctx); err != nil {
			return found, err
		}
	}
	var ids []int64
	for _, b := range found.log.Breaks {
		for _, id := range []int64{b.Before, b.Activity, b.After} {
			if id != 0 && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	acts, err := log.Rows(ctx, ids)
	for _, a := range acts {
		found.around[a.ID] = a
	}
	return found, err
}

// tell begins the result with a heading and a sentence.
func (p *checkPage) tell(title, text string, ink widget.Importance) {
	head := widget.NewLabelWithStyle(title, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	head.SizeName, head.Importance, head.Wrapping = theme.SizeNameSubHeadingText, ink, fyne.TextWrapWord
	says := widget.NewLabel(text)
	says.Wrapping = fyne.TextWrapWord
	p.result.Objects = []fyne.CanvasObject{head, says}
}

func (p *checkPage) show(c checked) {
	log := c.log
	switch breaks := len(log.Breaks) + log.More; {
	case c.damage != nil:
		p.tell(lang.L("The register is damaged"), page.ErrorText(c.damage), widget.DangerImportance)
		rescue := control.NewButton(lang.L("Rescue…"), func() { AskToRescue(p.desk, p.desk.Register().Path()) })
		restore := control.NewButton(lang.L("Restore a backup…"), p.restore)
		restore.Importance = widget.HighImportance
		p.result.Add(control.Row(restore, rescue))
		p.result.Refresh()
		return
	case breaks > 0:
		p.tell(lang.N("{{.Count}} places are not as the acts left them", breaks, map[string]any{"Count": page.Number(breaks)}),
			lang.L("The file itself is sound. Somebody changed something in it, but not with Consign: each place is below, "+
				"with the entries of the log around it. A backup from before tells what stood there."),
			widget.DangerImportance)
	default:
		p.tell(lang.L("The register is sound"), lang.L("Its pages, references and counters are in order, "+
			"and everything is as the acts of the log left it."), widget.SuccessImportance)
	}
	p.result.Add(page.NewSummary(
		page.Fact{Name: lang.L("Checked"), Value: page.DateTime(c.at)},
		page.Fact{Name: lang.L("Entries of the log"), Value: page.Number(log.Entries)},
		page.Fact{Name: lang.L("Devices"), Value: page.Number(log.Devices)},
		page.Fact{Name: lang.L("Sealed since"), Value: page.DateTime(log.Since)},
	))
	p.result.Add(seal(log.Seal))
	for _, b := range log.Breaks {
		p.result.Add(c.place(b))
	}
	if log.More > 0 {
		p.result.Add(widget.NewLabel(lang.N("{{.Count}} further places are not listed.", log.More,
			map[string]any{"Count": page.Number(log.More)})))
	}
	p.result.Refresh()
}

// seal shows what stands for all of the log, in groups of four.
func seal(letters string) fyne.CanvasObject {
	var groups []string
	for s := range slices.Chunk([]byte(letters), 4) {
		groups = append(groups, string(s))
	}
	value := control.NewValue(strings.Join(groups, " "))
	value.TextStyle.Monospace, value.Most = true, 800
	name := widget.NewLabel(lang.L("Seal of the log"))
	about := widget.NewLabel(lang.L("It stands for all that was done up to now. " +
		"Noted outside of this computer, it tells later whether the log was replaced as a whole."))
	about.Wrapping = fyne.TextWrapWord
	for _, l := range []*widget.Label{name, about} {
		l.SizeName, l.Importance = theme.SizeNameCaptionText, widget.LowImportance
	}
	return container.New(layout.NewCustomPaddedVBoxLayout(-theme.Padding()*2), name, value, about)
}

// place is a break with the entries around it.
func (c checked) place(b data.LogBreak) fyne.CanvasObject {
	what := widget.NewLabelWithStyle(page.Words(b.Text), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	what.Wrapping = fyne.TextWrapWord
	lines := container.New(layout.NewCustomPaddedVBoxLayout(-theme.Padding()*2), what)
	for _, e := range []struct {
		name string
		id   int64
	}{{lang.L("Before"), b.Before}, {lang.L("Here"), b.Activity}, {lang.L("After"), b.After}} {
		if e.id == 0 {
			continue
		}
		name := widget.NewLabel(e.name)
		name.Importance = widget.LowImportance
		says := control.NewName(c.entry(e.id), 0)
		lines.Add(container.NewBorder(nil, nil, container.NewGridWrap(fyne.NewSize(nameWidth, says.MinSize().Height), name), nil, says))
	}
	return container.NewVBox(widget.NewSeparator(), lines)
}

// nameWidth is the room for the name of a line.
const nameWidth = 84

// entry is an entry of the log in one line.
func (c checked) entry(id int64) string {
	number := lang.L("Entry {{.Number}}", map[string]any{"Number": page.Number(int(id))})
	a, there := c.around[id]
	if !there {
		return number + " · " + lang.L("not there any more")
	}
	parts := []string{number, page.DateTime(a.At), page.Word(a.Event), a.PerformedBy, page.Words(a.Detail)}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " · ")
}
