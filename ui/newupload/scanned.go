package newupload

import (
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

// look is the colour of what is said of the scan.
func (s scan) look() grid.Look {
	switch {
	case s.said.Answer == intake.NoDevice, s.taken.Template != "":
		return grid.Bad
	case s.said.Answer == intake.ScannedBefore, s.said.Answer == intake.Doubtful, s.said.Answer == intake.Unlike:
		return grid.Waiting
	}
	return grid.Good
}

// verdict is what is said of the scan in a word.
func (s scan) verdict() string {
	switch s.look() {
	case grid.Bad:
		if s.taken.Template != "" {
			return page.Word(model.AlreadyRegistered)
		}
		return lang.L("no device")
	case grid.Waiting:
		switch s.said.Answer {
		case intake.ScannedBefore:
			return lang.L("again")
		case intake.Unlike:
			return lang.L("compare")
		}
		return page.Word(model.Warning)
	}
	return page.Word(model.OK)
}

// read is what the scanner read.
func (s scan) read() string {
	if s.text == "" {
		return lang.L("Next box")
	}
	const longest = 60 // of an identifier half of it; other codes can fill a page
	if text := []rune(s.text); len(text) > longest {
		return string(text[:longest]) + "…"
	}
	return s.text
}

// words say what the scan did.
func (s scan) words() string {
	if s.taken.Template != "" {
		return page.Words(s.taken)
	}
	if reason := page.Words(s.said.Reason); reason != "" {
		return reason
	}
	at := map[string]any{"Number": page.Number(s.said.Box + 1)}
	switch s.said.Answer {
	case intake.SameBox:
		return lang.L("Device {{.Number}}: another identifier", at)
	case intake.BoxClosed:
		return lang.L("Device {{.Number}} is complete", at)
	}
	return lang.L("Device {{.Number}}", at)
}
