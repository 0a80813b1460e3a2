package newupload

import (
	"encoding/json"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"consign/data/intake"
	"consign/ui/control"
	"consign/ui/page"
)

// scannerSetting is the preference of this computer that keeps what a check has learned, as JSON.
const scannerSetting = "scan.scanner"

// scannerStrip says on the bench whether the scanner was checked and what was learned of it, and offers to check it or to forget it.
type scannerStrip struct {
	panel   *scanPanel
	learned *intake.Scanner // nil before a check

	about   *control.Name
	check   *control.Button
	forget  *control.Button
	content fyne.CanvasObject
}

func newScannerStrip(p *scanPanel) *scannerStrip {
	s := &scannerStrip{panel: p, about: control.NewName("", 0)}
	var kept intake.Scanner
	if json.Unmarshal([]byte(p.desk.Preferences().String(scannerSetting)), &kept) == nil {
		s.learned = &kept
	}
	s.about.Alignment = fyne.TextAlignTrailing
	s.check = control.NewButton(lang.L("Check scanner…"), s.askCheck)
	s.forget = control.NewButton(lang.L("Forget"), s.forgetScanner)
	s.forget.Importance = widget.LowImportance
	s.content = container.NewBorder(nil, nil, nil, container.NewHBox(s.forget, s.check), s.about)
	s.show(false)
	return s
}

// checked reports whether scans are put right, or were found to need it not.
func (s *scannerStrip) checked() bool { return s.learned != nil }

// right is what the scanner read when text arrived.
func (s *scannerStrip) right(text string) string {
	if s.learned == nil {
		return text
	}
	return s.learned.Right(text)
}

// typed reports whether a text in a field was typed by hand or pasted.
func (s *scannerStrip) typed(text string, keys strokes) bool {
	scanner := intake.Scanner{}
	if s.learned != nil {
		scanner = *s.learned
	}
	return keys.count < len([]rune(text)) || scanner.Typed(text, keys.took())
}

// endsWithEnter reports that a Tab is a part of the code: the check has shown that Enter ends it.
func (s *scannerStrip) endsWithEnter() bool { return s.learned != nil && s.learned.Ends == "\n" }

// learn keeps what a check has learned and puts scans right from now on.
func (s *scannerStrip) learn(learned *intake.Scanner) {
	kept, err := json.Marshal(learned)
	if err != nil {
		s.panel.desk.Fail(err)
		return
	}
	s.panel.desk.Preferences().SetString(scannerSetting, string(kept))
	s.take(learned)
}

func (s *scannerStrip) forgetScanner() {
	s.panel.desk.Preferences().RemoveValue(scannerSetting)
	s.take(nil)
}

func (s *scannerStrip) take(learned *intake.Scanner) {
	s.learned = learned
	if s.panel.session != nil {
		s.panel.session.Trust(s.checked())
	}
	s.show(false)
	s.panel.focus()
}

// show says what is known of the scanner. After a garbled scan the check stands out.
func (s *scannerStrip) show(garbled bool) {
	setHidden(s.forget, !s.checked())
	s.about.Importance = widget.LowImportance
	s.check.Importance = widget.MediumImportance
	text := lang.L("Scanner not checked")
	if s.checked() {
		text = lang.L("Scanner checked: {{.Learned}}", map[string]any{"Learned": strings.Join(scannerWords(s.learned), " · ")})
	}
	if garbled {
		s.about.Importance, s.check.Importance = widget.MediumImportance, widget.HighImportance
	}
	s.about.SetText(text)
	s.check.Refresh()
}

// scannerWords say what was learned of a scanner.
func scannerWords(s *intake.Scanner) []string {
	words := []string{page.Words(s.Name())}
	if len(s.Keys) == 0 {
		words = []string{lang.L("everything arrives as it is in the code")}
	}
	if s.Caps {
		words = append(words, lang.L("Caps Lock is on"))
	}
	if s.Prefix != "" {
		words = append(words, lang.L("before every code: {{.Text}}", map[string]any{"Text": s.Prefix}))
	}
	if s.Suffix != "" {
		words = append(words, lang.L("behind every code: {{.Text}}", map[string]any{"Text": s.Suffix}))
	}
	if lost := lostSigns(s.Lost); lost != "" {
		words = append(words, lang.L("lost: {{.Signs}}", map[string]any{"Signs": lost}))
	}
	switch s.Ends {
	case "\n":
		words = append(words, lang.L("ends with Enter"))
	case "\t":
		words = append(words, lang.L("ends with Tab"))
	}
	return words
}

// lostSigns names signs of the test code.
func lostSigns(signs string) string {
	var names []string
	for _, r := range signs {
		switch r {
		case '\t':
			names = append(names, lang.L("tab"))
		case groupSeparator:
			names = append(names, lang.L("group separator"))
		default:
			names = append(names, string(r))
		}
	}
	return strings.Join(names, ", ")
}
