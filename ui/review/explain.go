package review

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"consign/model"
	"consign/ui/control"
	"consign/ui/page"
)

// Explanation is what a verdict means, and what a person does about it. Here alone it is said what each means: beside a line and in the
// help stands the same.
type Explanation struct{ Word, Means, Do string }

// Explain explains the verdict of a line of a list that is to be uploaded.
func Explain(v model.Verdict) Explanation {
	means, do := "", ""
	switch v {
	case model.OK:
		means, do = lang.L("The line names a device, and nothing about it is in doubt."), lang.L("Nothing: it goes with the upload.")
	case model.Fixed:
		means = lang.L("The line names a device after a small change: blanks were removed, a check digit was added. REASON says which.")
		do = lang.L("Compare one or two of these lines with the box. If they are right, there is nothing to do: they go with the upload.")
	case model.Warning:
		means = lang.L("The line may name a device, but something is doubtful, such as a check digit that is wrong. REASON says what.")
		do = lang.L("Compare it with the box. If it is right, confirm it: by a right click, or all of them by the button below the lines. " +
			"If it is wrong, correct the cell. A warning that nobody confirms stays behind.")
	case model.DuplicateInFile:
		means = lang.L("A line above, in the same list, has the same device.")
		do = lang.L("Nothing, if the device stands in the list twice: it is uploaded once. If another box is meant, correct the cell.")
	case model.AlreadyRegistered:
		means = lang.L("The register has a living device with this identifier. REASON says who has it, and since when.")
		do = lang.L("Nothing, if it is that device: the line stays behind. " +
			"If it goes to another customer now, use Change customer… on the Devices page. If the number was misread, correct the cell.")
	case model.Rejected:
		means = lang.L("The line names no device: what stands there is no identifier, or one that cannot be. REASON says why.")
		do = lang.L("Correct the cell from the box. " +
			"If all lines are rejected, say with the button “Read as” which column holds the identifiers. " +
			"If a spreadsheet has destroyed the digits, ask for the list again with that column as text.")
	case model.Skipped:
		means, do = lang.L("A blank line, a title, a comment or a total: no line for a device."), lang.L("Nothing: it counts nowhere.")
	}
	return Explanation{page.Word(v), means, do}
}

// ExplainSought explains what is said of a device on a list that is looked up.
func ExplainSought(is model.Sought) Explanation {
	means, do := "", ""
	switch is {
	case model.SoughtFound:
		means = lang.L("The device is among yours.")
		do = lang.L("Choose under ACTIONS what is done with all that were found, or with those that you select.")
	case model.SoughtThere:
		means, do = lang.L("The device is already at the customer for whom the list is."), lang.L("Nothing: it needs no moving.")
	case model.SoughtElsewhere:
		means = lang.L("The register has the device, but not among those of the account that you act for.")
		do = lang.L("Find a device says who has it. To act on it, choose that account under Acting as.")
	case model.SoughtTwice:
		means, do = lang.L("A line above, in the same list, has the same device."), lang.L("Nothing: the device is taken once.")
	case model.SoughtUnread:
		means, do = lang.L("The line names no device. REASON says why."), lang.L("Go back to the list and correct the line.")
	default:
		means = lang.L("No living device of the register has this identifier.")
		do = lang.L("Compare it with the box: one wrong digit is enough. A device that was deleted is found by Find a device.")
	}
	return Explanation{page.Word(is), means, do}
}

const explainedWidth = 440

// Show shows the explanation, with what is said of the one line that it is asked for; reason may be empty.
func (e Explanation) Show(w fyne.Window, reason string) {
	said := container.NewVBox()
	say := func(title, text string) {
		head := widget.NewLabelWithStyle(title, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
		body := widget.NewLabel(text)
		body.Wrapping = fyne.TextWrapWord
		said.Add(container.NewVBox(control.Flush(head), control.Flush(body)))
	}
	if reason != "" {
		say(lang.L("This line"), reason)
	}
	say(lang.L("What it means"), e.Means)
	say(lang.L("What to do"), e.Do)
	title := lang.L("Verdict: {{.Verdict}}", map[string]any{"Verdict": e.Word})
	control.ShowClosable(title, container.New(control.Wide(explainedWidth), said), w)
}

// Item is the entry of a menu that shows the explanation.
func (e Explanation) Item(w fyne.Window, reason string) *fyne.MenuItem {
	return fyne.NewMenuItem(lang.L("What does “{{.Verdict}}” mean?", map[string]any{"Verdict": e.Word}), func() { e.Show(w, reason) })
}
