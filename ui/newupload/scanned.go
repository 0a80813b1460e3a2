package newupload

import (
	"strings"

	"fyne.io/fyne/v2/lang"

	"consign/data/intake"
	"consign/model"
	"consign/ui/grid"
	"consign/ui/page"
)

// scan is one scan as the bench lists it.
type scan struct {
	number int
	text   string
	said   intake.Scanned
	taken  model.Text // what the register says of the device, if it is there already
}

// look is the colour of what is said of the scan. What is no device's stands on every box and is told without one.
func (s scan) look() grid.Look {
	if s.taken.Template != "" {
		return grid.Bad
	}
	switch s.said.Answer {
	case intake.NoDevice:
		return grid.Plain
	case intake.Unread, intake.Garbled:
		return grid.Bad
	case intake.ScannedBefore, intake.Doubtful, intake.Unlike:
		return grid.Waiting
	}
	return grid.Good
}

// verdict is what is said of the scan in a word.
func (s scan) verdict() string {
	if s.taken.Template != "" {
		return page.Word(model.AlreadyRegistered)
	}
	switch s.said.Answer {
	case intake.NoDevice:
		return lang.L("no device")
	case intake.Unread:
		return lang.L("not read")
	case intake.Garbled:
		return lang.L("garbled")
	case intake.ScannedBefore:
		return lang.L("again")
	case intake.Unlike:
		return lang.L("compare")
	case intake.Doubtful:
		return page.Word(model.Warning)
	}
	if s.said.Fixed {
		return page.Word(model.Fixed)
	}
	return page.Word(model.OK)
}

// read is what the scanner read.
func (s scan) read() string {
	if s.text == "" {
		return lang.L("Next box")
	}
	const longest = 60 // of an identifier half of it; other codes can fill a page
	shown := strings.Map(separatorShown, s.text)
	if text := []rune(shown); len(text) > longest {
		return string(text[:longest]) + "…"
	}
	return shown
}

// words say what the scan did.
func (s scan) words() string {
	if s.taken.Template != "" {
		return page.Words(s.taken)
	}
	did, reason := s.did(), page.Words(s.said.Reason)
	switch {
	case reason == "":
		return did
	case s.look() == grid.Good && s.said.Answer != intake.ModelScanned:
		return did + ". " + reason
	}
	return reason
}

func (s scan) did() string {
	at := map[string]any{"Number": page.Number(s.said.Box + 1)}
	switch s.said.Answer {
	case intake.SameBox:
		return lang.L("Device {{.Number}}: another identifier", at)
	case intake.BoxClosed:
		return lang.L("Device {{.Number}} is complete", at)
	case intake.SeveralBoxes:
		return lang.L("Devices {{.First}} to {{.Last}}", map[string]any{"First": page.Number(s.said.Box + 1),
			"Last": page.Number(s.said.Box + s.said.Boxes)})
	}
	return lang.L("Device {{.Number}}", at)
}

// separatorShown stands for a sign that has no picture.
func separatorShown(r rune) rune {
	if r < ' ' {
		return '·'
	}
	return r
}
